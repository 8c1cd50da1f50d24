import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

/**
 * Wall time of a whole process of Node.js, in milliseconds.
 *
 * @throws Error when it fails: a figure of something that did not work is worth nothing.
 */
export function processTime(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: plainEnv(),
  });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr.toString()}`);
  return ms;
}

/**
 * The same of any program, for one that asks a server of this process: it is waited for without blocking.
 *
 * @param env - Variables that it needs besides `PATH` and `HOME`.
 * @throws Error when it fails.
 */
export async function clientTime(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], env: { ...plainEnv(), ...env } });
  const [status] = (await once(child, "exit")) as [number | null];
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
  return ms;
}

/** Variables that make a program do more at its start are left out: both sides are measured plain. */
function plainEnv(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME };
}
