// The program that runs in a Deno without permissions, with the host at standard input and output.
import { isBuiltin } from "node:module";
import process from "node:process";
import { Guest } from "./guest.ts";
import { importRefusal } from "./import-refusal.ts";
import { openLine, type Platform } from "./platform.ts";
import { capturePrinting, format } from "./printing.ts";
import { evaluateScript } from "./script-evaluator.ts";

let modules: readonly string[] = [];
const platform: Platform = {
  evaluate: evaluateScript,
  format,
  // Deno was started with an import map that leads from each specifier to its source.
  setModules: (sources) => {
    modules = Object.keys(sources);
  },
  load: async (specifier) => {
    if (modules.includes(specifier) || isBuiltin(specifier)) return await import(specifier);
    throw new Error(importRefusal(specifier, modules));
  },
};

const writeOut = process.stdout.write.bind(process.stdout);
const line = openLine(process.stdin, (text) => void writeOut(text));
const guest = new Guest(line, platform);
capturePrinting(guest.output);
// What the code leaves behind must not end the process: its run has been told already.
for (const event of ["error", "unhandledrejection"]) {
  globalThis.addEventListener(event, (happened) => happened.preventDefault());
}
guest.start();
