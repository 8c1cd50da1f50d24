import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { cleanToken, huggingFacePaths, tokenPlace } from "@smoltools/core/hugging-face";
import type { CommandContext } from "../command.ts";
import { configFile } from "../settings/config-file.ts";
import { officialHub } from "./hub-address.ts";
import { tokensOfHubs } from "./hub-tokens.ts";
import { readSmallFile } from "../settings/read-small-file.ts";

type Environment = CommandContext["env"];

/** A token, and where it comes from. */
export interface HubToken {
  token: string;
  /** The variable, or the path of the file. */
  from: string;
  /** Whether `smoltools logout` can take it away. */
  isStored: boolean;
}

/**
 * The token for a hub.
 *
 * For the hub of the official clients it is what they would send. Other hubs, those of `--hub` and of the settings, have
 * tokens of their own: one hub's token is never sent to another.
 */
export function hubToken(hubUrl: string, env: Environment): HubToken | undefined {
  if (hubUrl !== officialHub(env)) {
    return storedToken(tokensOfHubs(env)[hubUrl], configFile("tokens.json", env));
  }
  const place = tokenPlace(env, homedir());
  if ("token" in place) return { token: place.token, from: place.variable, isStored: false };
  return storedToken(readSmallFile(place.file), place.file);
}

function storedToken(text: string | undefined, from: string): HubToken | undefined {
  const token = cleanToken(text);
  return token === undefined ? undefined : { token, from, isStored: true };
}

/** The file in which the official clients keep the token. */
export function loginFile(env: Environment): string {
  return huggingFacePaths(env, homedir()).tokenFile;
}

/** Their file with all tokens by name, beside it. */
export function storedTokensFile(env: Environment): string {
  return join(dirname(loginFile(env)), "stored_tokens");
}
