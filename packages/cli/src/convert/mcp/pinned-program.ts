import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** A program as it will be started, and what is known of the package that it is of. */
export interface PinnedProgram {
  args: string[];
  /** Of npm, when `npx` starts it. */
  packageName?: string;
  /** Its exact version stands in the arguments. */
  isPinned: boolean;
}

/** Options of `npx` that take no value and stand before the package. */
const flags = new Set(["-y", "--yes", "-q", "--quiet", "--prefer-offline", "--prefer-online", "--offline"]);

/** Name and what follows the `@`. */
const packageSpec = /^(?<name>(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*)(?:@(?<range>[\w.^~*<>=|+-]+))?$/i;
const exactVersion = /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;

/**
 * Names the exact version in the arguments of `npx`, as it was started a moment ago: the one in the project's own
 * `node_modules`, or the one that `npx` has put into its cache. Other commands, and forms of `npx` that are not known,
 * stay what they are.
 */
export async function pinnedProgram(
  { command, args }: { command: string; args: readonly string[] },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PinnedProgram> {
  const at = args.findIndex((arg) => !flags.has(arg));
  const { name, range } = packageSpec.exec(args[at] ?? "")?.groups ?? {};
  if (!/^npx(?:\.cmd)?$/.test(command) || name === undefined) return { args: [...args], isPinned: false };
  if (range !== undefined && exactVersion.test(range)) return { args: [...args], packageName: name, isPinned: true };
  const version = await startedVersion(name, args[at] ?? "", range === undefined, environment);
  if (version === undefined) return { args: [...args], packageName: name, isPinned: false };
  return { args: args.with(at, `${name}@${version}`), packageName: name, isPinned: true };
}

async function startedVersion(
  name: string,
  spec: string,
  mayBeLocal: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const cache = environment["npm_config_cache"] || environment["NPM_CONFIG_CACHE"] || defaultCache(environment);
  // npx names the folder by what it was asked for.
  const hash = createHash("sha512").update(spec).digest("hex").slice(0, 16);
  const places = [...(mayBeLocal ? [process.cwd()] : []), join(cache, "_npx", hash)];
  for (const place of places) {
    const version = await versionIn(join(place, "node_modules", name, "package.json"));
    if (version !== undefined) return version;
  }
  return undefined;
}

function defaultCache(environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment["HOME"] || homedir();
  if (process.platform !== "win32") return join(home, ".npm");
  return join(environment["LOCALAPPDATA"] || home, "npm-cache");
}

async function versionIn(path: string): Promise<string | undefined> {
  try {
    const { version } = JSON.parse(await readFile(path, "utf8")) as { version?: unknown };
    return typeof version === "string" && exactVersion.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}
