import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The folder of all examples. */
export const examples: string = fileURLToPath(new URL("../../examples/", import.meta.url));

// Most of the time goes into loading the same modules again: what Node.js makes of them is kept.
const compileCache = fileURLToPath(new URL("../../node_modules/.cache/examples", import.meta.url));

/** Longest run of an example, in milliseconds. */
const timeoutMs = 110_000;

/**
 * Runs an example on the sources, in a process of its own, with a scripted model.
 *
 * @returns What it printed, and what it left in the folder for temporary files.
 */
export async function runExample(
  name: string,
  more: NodeJS.ProcessEnv = {},
): Promise<{ lines: string[]; left: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "examples-"));
  const env = {
    PATH: process.env["PATH"],
    NODE_OPTIONS: "--conditions=@smoltools/source",
    NODE_COMPILE_CACHE: compileCache,
    TMPDIR: folder,
    ...more,
  };
  try {
    const options = { env, timeout: timeoutMs, killSignal: "SIGKILL" } as const;
    const { stdout } = await promisify(execFile)(process.execPath, [join(examples, name, "main.ts")], options);
    return { lines: stdout.trim().split("\n"), left: await readdir(folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
