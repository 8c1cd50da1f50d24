import module from "node:module";
import { join } from "node:path";

/**
 * Lets Node.js keep the code that it compiles, where it can: the compiler of TypeScript is most of what a command that
 * derives schemas loads, and with it kept such a command takes about half the time. Node.js 20 cannot.
 *
 * The folder is this user's own, since what lies in it is run. Node.js itself heeds `NODE_COMPILE_CACHE` and
 * `NODE_DISABLE_COMPILE_CACHE`.
 */
export function cacheCompiledCode(env: Readonly<Record<string, string | undefined>>): void {
  const folder = cacheFolder(env);
  if (folder === undefined || env["NODE_COMPILE_CACHE"]) return;
  // Older versions lack it; a folder that cannot be written to is no error.
  const { enableCompileCache } = module as Partial<Pick<typeof module, "enableCompileCache">>;
  enableCompileCache?.(join(folder, "smoltools", "compiled"));
}

function cacheFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (process.platform === "win32") return env["LOCALAPPDATA"];
  return env["XDG_CACHE_HOME"] || (env["HOME"] ? join(env["HOME"], ".cache") : undefined);
}
