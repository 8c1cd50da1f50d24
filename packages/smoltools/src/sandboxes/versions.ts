import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";

/** Far more than a program needs to print its version, in milliseconds. */
const timeoutMs = 5000;
/** Where programs are besides the search path, for hosts that run with a short one. */
const usualFolders = ["/usr/local/bin", "/usr/bin", "/bin"];

/** The version that a program prints; `undefined` where there is none. */
export function programVersion(program: string, args: readonly string[] = ["--version"]): Promise<string | undefined> {
  const PATH = [process.env["PATH"], ...(process.platform === "win32" ? [] : usualFolders)].join(delimiter);
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, maxBuffer: 64 * 1024, env: { ...process.env, PATH }, windowsHide: true };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      resolve(error ? undefined : /\d+(?:\.\d+)+[\w.+-]*/.exec(`${stdout}\n${stderr}`)?.[0]);
    });
  });
}

/** The version of a package that the adapters would load; `undefined` where it is not installed. */
export async function packageVersion(name: string): Promise<string | undefined> {
  const adapters = createRequire(import.meta.resolve("@smoltools/adapters/sandboxes/quickjs"));
  for (const folder of adapters.resolve.paths(name) ?? []) {
    try {
      const manifest: unknown = JSON.parse(await readFile(join(folder, name, "package.json"), "utf8"));
      if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
    } catch {
      // The next folder, then.
    }
  }
  return undefined;
}
