import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { compiledCode } from "./compiled-code.ts";

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

/** What a command line did. */
export interface CliResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Options of {@link smoltools}. */
export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
  stdin?: string;
}

/** Runs the command line as a process of its own, with nothing of this environment but the path. */
export function smoltools(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = start(args, options);
  child.stdin.end(options.stdin ?? "");
  const result: CliResult = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (result.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (result.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...result, code }));
  });
}

/** Starts the command line and leaves it running. */
export function start(args: readonly string[], { cwd, env = {} }: CliOptions = {}) {
  return spawn(process.execPath, ["--conditions=@smoltools/source", main, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], ...compiledCode, ...env },
    stdio: "pipe",
  });
}
