#!/usr/bin/env node
import { runCli } from "./cli/run-cli.ts";

const interrupt = new AbortController();
// The first Ctrl-C asks the command to end; a second one ends the process.
process.once("SIGINT", () => interrupt.abort(new Error("interrupted")));
process.once("SIGTERM", () => interrupt.abort(new Error("terminated")));

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
});
