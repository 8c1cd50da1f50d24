import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { CommandContext } from "./command.ts";
import { configFile } from "./config-file.ts";
import { officialHub } from "./hub-address.ts";
import { tokensOfHubs } from "./hub-tokens.ts";
import { readSmallFile } from "./read-small-file.ts";

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
 * For the hub of the official clients it is what they would send: `HF_TOKEN`, else `HUGGING_FACE_HUB_TOKEN`, else the
 * file of `hf auth login`. Other hubs, those of `--hub` and of the settings, have tokens of their own: one hub's token
 * is never sent to another.
 *
 * Source: `huggingface_hub.get_token`, https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables.
 */
export function hubToken(hubUrl: string, env: Environment): HubToken | undefined {
  if (hubUrl !== officialHub(env)) {
    const token = clean(tokensOfHubs(env)[hubUrl]);
    return token === undefined ? undefined : { token, from: configFile("tokens.json", env), isStored: true };
  }
  for (const from of ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"]) {
    if (!env[from]) continue;
    const token = clean(env[from]);
    if (token !== undefined) return { token, from, isStored: false };
    // A variable with nothing but spaces hides the other one, and not the file.
    break;
  }
  const path = loginFile(env);
  const token = clean(readSmallFile(path));
  return token === undefined ? undefined : { token, from: path, isStored: true };
}

/** The file in which the official clients keep the token: `HF_TOKEN_PATH`, else `$HF_HOME/token`. */
export function loginFile(env: Environment): string {
  return expand(env["HF_TOKEN_PATH"] || join(hfHome(env), "token"), env);
}

/** Their file with all tokens by name, beside it. */
export function storedTokensFile(env: Environment): string {
  return join(dirname(loginFile(env)), "stored_tokens");
}

/** A token without line ends and spaces around it; `undefined` when nothing is left. */
export function clean(text: string | undefined): string | undefined {
  return text?.replace(/[\r\n]/g, "").trim() || undefined;
}

function hfHome(env: Environment): string {
  return env["HF_HOME"] || join(env["XDG_CACHE_HOME"] || join(home(env), ".cache"), "huggingface");
}

/** As Python's `expanduser` and `expandvars` do: `~` is the home folder, `$NAME` and `${NAME}` variables that are set. */
function expand(path: string, env: Environment): string {
  return path
    .replace(/^~(?=\/|$)/, home(env))
    .replace(/\$(\w+)|\$\{([^}]*)\}/g, (text, name: string | undefined, braced: string | undefined) => {
      return env[name ?? braced ?? ""] ?? text;
    });
}

function home(env: Environment): string {
  return env["HOME"] || homedir();
}
