// The program that runs in a thread of the host's own process, with all that the process may do.
import process from "node:process";
import { parentPort } from "node:worker_threads";
import { Guest } from "../javascript/guest/guest.ts";
import { importer } from "../javascript/guest/node-modules.ts";
import { capturePrinting, format } from "../javascript/guest/printing.ts";
import { replEvaluator } from "../javascript/guest/repl-evaluator.ts";

// Kept before any code can replace them.
const { parse, stringify } = JSON;
const guest = new Guest(
  {
    send: (message) => parentPort?.postMessage(stringify(message), []),
    listen: (onMessage) => parentPort?.on("message", (line: string) => onMessage(parse(line))),
  },
  { evaluate: replEvaluator(), ...importer(), format },
);
capturePrinting(guest.output);
// What the code leaves behind must not end the thread: its run has been told already.
process.on("uncaughtException", () => undefined);
process.on("unhandledRejection", () => undefined);
guest.start();
