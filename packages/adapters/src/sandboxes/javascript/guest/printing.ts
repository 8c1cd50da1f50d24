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
  let rest = "";
  const printed = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      const text = rest + String(chunk);
      rest = text.endsWith("\n") ? "" : text;
      if (rest === "") output.print(text.slice(0, -1));
      done();
    },
  });
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array): boolean =>
      printed.write(typeof chunk === "string" ? chunk : decoder.decode(chunk));
  }
  defineGlobal("console", new Console({ stdout: printed, stderr: printed, inspectOptions }));
}
