import { callStyle, type JsonObject, type ObjectSchema } from "@smoltools/core";
import type { Output } from "../../cli/output/output.ts";
import { printable } from "../../cli/output/printable.ts";
import type { ExampleOutcome } from "./run-examples.ts";

/** Longest call and value that are shown, in characters. */
const maxLength = 100;

/** An example and what became of it, on one line: `✓ add(1, 2) → 3 (4 ms)`. */
export function exampleLine(out: Output, outcome: ExampleOutcome, schema: ObjectSchema): string {
  const { tool, input, passed, value, problem = "", durationMs } = outcome;
  const mark = passed ? out.style("green", "✓") : out.style("red", "✗");
  const end = passed ? ` → ${short(JSON.stringify(value ?? null))}` : `: ${printable(problem)}`;
  return `${mark} ${short(callText(tool, input, schema))}${end} ${out.style("dim", `(${durationMs} ms)`)}`;
}

/** A call as code would write it. */
export function callText(tool: string, input: JsonObject, schema: ObjectSchema): string {
  const names = Object.keys(schema.properties ?? {});
  const given = names.filter((name) => Object.hasOwn(input, name));
  // An argument that is left out between others can only be left out by name.
  const isPositional = callStyle(schema) === "positional" && given.every((name, index) => names[index] === name);
  const args = isPositional ? given.map((name) => JSON.stringify(input[name])) : [JSON.stringify(input)];
  return `${tool}(${args.join(", ")})`;
}

function short(text: string): string {
  return printable(text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);
}
