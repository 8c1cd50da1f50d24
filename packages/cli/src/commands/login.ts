import { addAbortSignal } from "node:stream";
import { cleanToken } from "@smoltools/core/hugging-face";
import type { CommandContext } from "../cli/command.ts";
import { hubToken, loginFile } from "../cli/hub/credentials.ts";
import { configFile, writePrivately } from "../cli/settings/config-file.ts";
import { hubOf, officialHub } from "../cli/hub/hub-address.ts";
import { keepToken } from "../cli/hub/hub-tokens.ts";
import { printable } from "../cli/output/printable.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { askWhoami, type Whoami } from "../cli/hub/whoami.ts";

/** Longest token that is taken, in characters. */
const maxTokenLength = 4096;

/** `smoltools login` */
export async function run(context: CommandContext): Promise<void> {
  const { out, env, signal } = context;
  const { url } = hubOf(context);
  const token = await readToken(context, url);
  const user = await out.progress(`Asking ${new URL(url).host} whose token that is`, () => {
    return askWhoami(url, token, { env, signal });
  });
  signal.throwIfAborted();
  const path = await store(url, token, env);
  out.line(`${out.style("green", "logged in")} to ${new URL(url).host} as ${whose(user)}`);
  out.note(`The token is in ${path}.`);
  const used = hubToken(url, env);
  if (used && !used.isStored) out.warn(`${used.from} is set, and counts more than the token that was stored`);
  out.result({ hub: url, name: user.name, role: user.role, path });
}

async function readToken({ values, prompts, signal }: CommandContext, hubUrl: string): Promise<string> {
  const given = values["token-stdin"] === true ? await readInput(signal) : undefined;
  if (given === undefined && !prompts) {
    throw new UsageError("There is nobody to ask for the token: smoltools login --token-stdin < token.txt");
  }
  const page = hubUrl === "https://huggingface.co" ? " (https://huggingface.co/settings/tokens)" : "";
  const token = cleanToken(given ?? (await prompts?.secret(`Token for ${new URL(hubUrl).host}${page}`)));
  if (token !== undefined && token.length <= maxTokenLength && /^[\u0021-\u007E]+$/.test(token)) return token;
  throw new UsageError("That is no token: it is one word, such as hf_ and letters");
}

/** Standard input, up to what is more than a token. */
async function readInput(signal: AbortSignal): Promise<string> {
  let text = "";
  for await (const chunk of addAbortSignal(signal, process.stdin)) {
    text += String(chunk);
    if (text.length > 2 * maxTokenLength) break;
  }
  return text;
}

/** Keeps a token: that of the official clients' hub in their file, that of another hub in one of our own. */
async function store(hubUrl: string, token: string, env: CommandContext["env"]): Promise<string> {
  if (hubUrl !== officialHub(env)) {
    await keepToken(hubUrl, token, env);
    return configFile("tokens.json", env);
  }
  const path = loginFile(env);
  await writePrivately(path, token);
  return path;
}

function whose({ name, role, tokenName }: Whoami): string {
  const what = [role, tokenName].filter((each) => each !== undefined).map(printable);
  return what.length === 0 ? printable(name) : `${printable(name)} (token: ${what.join(", ")})`;
}
