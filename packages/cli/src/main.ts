#!/usr/bin/env node
import { cacheCompiledCode } from "./cli/cache-compiled-code.ts";
import { exitCodes } from "./cli/exit-codes.ts";
import { globalFlags } from "./cli/line/global-options.ts";
import { guardStreams } from "./cli/terminal/guard-streams.ts";
import { Interruption } from "./cli/terminal/interruption.ts";
import { Interrupts } from "./cli/terminal/interrupts.ts";
import { runCli } from "./cli/run-cli.ts";

/** Time after which somebody who pressed Ctrl-C is told that something still ends, in milliseconds. */
const patienceMs = 1000;
const showCursor = "\u001B[?25h";

const argv = process.argv.slice(2);
cacheCompiledCode(process.env);
const { stdout, stderr } = process;
const interrupts = new Interrupts();
const { signal } = interrupts;
guardStreams(interrupts);

// The first signal asks the command to end and to clean up; a second one ends the process.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    if (!interrupts.interrupt(name)) leave(new Interruption(name).exitCode);
    if (!signal.aborted || !stderr.isTTY) return;
    setTimeout(() => stderr.write("ending; Ctrl-C again ends at once\n"), patienceMs).unref();
  });
}
process.on("uncaughtException", (error: unknown) => {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: "" };
  stderr.write(`error ${message}\n`);
  if (process.env["SMOLTOOLS_DEBUG"]) stderr.write(`${stack}\n`);
  leave(exitCodes.failure);
});

// Libraries that draw at the terminal look at the environment.
if (globalFlags(argv).noColor) {
  process.env["NO_COLOR"] = "1";
  delete process.env["FORCE_COLOR"];
}

const code = await runCli(argv, {
  stdout,
  stderr,
  env: process.env,
  signal,
  interrupts,
  // Only commands that can ask open standard input: help has to be quick.
  terminal: () => (process.stdin.isTTY && stderr.isTTY ? { input: process.stdin, output: stderr } : undefined),
});
process.exitCode ||= code;
// Work that was cut off may have left something open. What was printed is written first.
if (signal.aborted) stdout.write("", () => leave(code));

function leave(exitCode: number): never {
  if (stderr.isTTY) stderr.write(showCursor);
  process.exit(process.exitCode || exitCode);
}
