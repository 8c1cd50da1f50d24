import { runCli } from "../../packages/cli/src/cli/run-cli.ts";
import type { CliResult } from "./run-cli.ts";

/** Options of {@link smoltoolsHere}. */
export interface HereOptions {
  /** Where the command is run: this process goes there for a while, so one command at a time. */
  cwd?: string;
  env?: Record<string, string>;
  signal?: AbortSignal;
}

/** Runs a command line in this process: starting one of its own takes longer than most commands do. */
export async function smoltoolsHere(
  args: readonly string[],
  { cwd, env = {}, signal = new AbortController().signal }: HereOptions = {},
): Promise<CliResult> {
  const before = process.cwd();
  if (cwd !== undefined) process.chdir(cwd);
  const result: CliResult = { code: null, stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: unknown) => {
      result[name] += String(text);
    },
  });
  try {
    result.code = await runCli(args, { stdout: stream("stdout"), stderr: stream("stderr"), env, signal });
    return result;
  } finally {
    process.chdir(before);
  }
}
