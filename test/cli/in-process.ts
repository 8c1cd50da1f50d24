import type { CliResult } from "./run-cli.ts";
import { smoltoolsHere } from "./run-here.ts";

/** Runs a command line in this process, where nobody sits at a terminal. */
export function inProcess(
  args: readonly string[],
  env: Record<string, string>,
  signal: AbortSignal = new AbortController().signal,
): Promise<CliResult> {
  return smoltoolsHere(args, { env, signal });
}
