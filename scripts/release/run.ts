import { execFile } from "node:child_process";

/**
 * Runs a program to its end and gives what it printed.
 *
 * @throws Error with all that it printed, when it fails.
 */
export function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${[program, ...args].join(" ")} failed:\n${stdout}${stderr || error.message}`));
      else resolve(stdout);
    });
  });
}
