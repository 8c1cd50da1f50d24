import { Console } from "node:console";
import process from "node:process";
import { Writable } from "node:stream";
import { formatWithOptions, type InspectOptions } from "node:util";
import { defineGlobal } from "../../quickjs/guest/intrinsics.ts";
import type { Output } from "./output.ts";

const inspectOptions: InspectOptions = { depth: 6, breakLength: 120 };

/** Shows values as a line of text, as `console.log` does. */
export function format(values: readonly unknown[]): string {
  return formatWithOptions(inspectOptions, ...values);
}

/** Sends everything that the code prints, however it prints it, to the output of its run. */
export function capturePrinting(output: Output): void {
  const decoder = new TextDecoder();
  const printed = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      output.write(typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }));
      done();
    },
  });
  for (const stream of [process.stdout, process.stderr]) stream.write = printed.write.bind(printed);
  defineGlobal("console", new Console({ stdout: printed, stderr: printed, inspectOptions }));
}
