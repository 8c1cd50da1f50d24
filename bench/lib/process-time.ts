import { spawnSync } from "node:child_process";

/**
 * Wall time of a whole process, in milliseconds.
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

/** Variables that make Node.js do more at its start are left out: both sides are measured plain. */
function plainEnv(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME };
}
