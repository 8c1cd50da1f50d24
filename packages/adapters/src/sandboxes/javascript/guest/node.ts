// The program that runs in a Node process with nothing in it. Started as `node node.ts` with the host at descriptor 3,
// or as `node node.ts stdio` with the host at standard input and output.
import { Console } from "node:console";
import * as nodeModule from "node:module";
import { Socket } from "node:net";
import process from "node:process";
import { Writable } from "node:stream";
import { formatWithOptions } from "node:util";
import { defineGlobal } from "../../quickjs/guest/intrinsics.ts";
import { Guest } from "./guest.ts";
import { importer } from "./node-modules.ts";
import { openLine, type Platform } from "./platform.ts";
import { replEvaluator } from "./repl-evaluator.ts";

const viaStdio = process.argv.includes("stdio");
const socket = viaStdio ? undefined : new Socket({ fd: 3, readable: true, writable: true });
const stdout = process.stdout;
const writeOut = stdout.write.bind(stdout);
const line = openLine(socket ?? process.stdin, (text) => {
  if (socket) socket.write(text);
  else writeOut(text);
});

const format = (values: readonly unknown[]): string => formatWithOptions({ depth: 6, breakLength: 120 }, ...values);
const platform: Platform = { evaluate: replEvaluator(), ...importer(nodeModule), format };
const guest = new Guest(line, platform);

/** Lines of text for the host, however they are written. */
function printer(): Writable {
  let rest = "";
  return new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      const text = rest + String(chunk);
      if (text.endsWith("\n")) {
        guest.output.print(text.slice(0, -1));
        rest = "";
      } else rest = text;
      done();
    },
  });
}

const printed = printer();
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk: string | Uint8Array): boolean =>
    printed.write(typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk));
}
defineGlobal(
  "console",
  new Console({ stdout: printed, stderr: printed, inspectOptions: { depth: 6, breakLength: 120 } }),
);
// What the code leaves behind must not end the process: its run has been told already.
process.on("uncaughtException", () => undefined);
process.on("unhandledRejection", () => undefined);
guest.start();
