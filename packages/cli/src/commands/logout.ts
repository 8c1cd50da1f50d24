import { rm } from "node:fs/promises";
import { cleanToken } from "@smoltools/core/hugging-face";
import type { CommandContext } from "../cli/command.ts";
import { writePrivately } from "../cli/settings/config-file.ts";
import { hubToken, loginFile, storedTokensFile } from "../cli/hub/credentials.ts";
import { hubOf, officialHub } from "../cli/hub/hub-address.ts";
import { keepToken, tokensOfHubs } from "../cli/hub/hub-tokens.ts";
import { readSmallFile } from "../cli/settings/read-small-file.ts";

/** `smoltools logout` */
export async function run(context: CommandContext): Promise<void> {
  const { out, env } = context;
  const { url } = hubOf(context);
  const { host } = new URL(url);
  const wasLoggedIn = url === officialHub(env) ? await forgetLogin(env) : await forgetToken(url, env);
  out.line(wasLoggedIn ? `${out.style("green", "logged out")} of ${host}` : `nobody was logged in to ${host}`);
  if (wasLoggedIn) out.note("The token still exists: to make it good for nothing, revoke it at the hub.");
  const left = hubToken(url, env);
  if (left) out.warn(`${left.from} still holds a token for ${host}`);
  out.result({ hub: url, wasLoggedIn, ...(left && { tokenFrom: left.from }) });
}

async function forgetToken(hubUrl: string, env: CommandContext["env"]): Promise<boolean> {
  const wasThere = Object.hasOwn(tokensOfHubs(env), hubUrl);
  if (wasThere) await keepToken(hubUrl, undefined, env);
  return wasThere;
}

/** Removes the token that the official clients use, and where they have it under a name, that too. */
async function forgetLogin(env: CommandContext["env"]): Promise<boolean> {
  const path = loginFile(env);
  const token = cleanToken(readSmallFile(path));
  if (token === undefined) return false;
  const stored = storedTokensFile(env);
  const named = readSmallFile(stored);
  if (named?.includes(token)) await writePrivately(stored, withoutToken(named, token));
  await rm(path, { force: true });
  return true;
}

/** An INI file without the sections that hold a token. */
function withoutToken(text: string, token: string): string {
  const sections = text.split(/^(?=\[)/m);
  return sections.filter((section) => !section.split(/\r?\n/).some((line) => valueOf(line) === token)).join("");
}

function valueOf(line: string): string | undefined {
  return /^hf_token\s*[=:]\s*(.*?)\s*$/.exec(line)?.[1];
}
