import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TaggedOutput } from "./tagged-output.ts";

function read(portions: readonly Buffer[]): { output: string; errors: string } {
  const output: Buffer[] = [];
  let errors = "";
  const tagged = new TaggedOutput({
    onOutput: (chunk) => void output.push(Buffer.from(chunk)),
    onErrorOutput: (text) => {
      errors += text;
    },
  });
  for (const portion of portions) tagged.push(portion);
  return { output: Buffer.concat(output).toString(), errors };
}

describe("output whose lines are tagged", () => {
  it.each<[stream: string, output: string, errors: string]>([
    ["stdout:a\nstdout:b\n", "a\nb\n", ""],
    ["stdout:a\nstderr:b\n[keepalive]\nstdout:c\n", "a\nc\n", "b\n"],
    ["stdout:a", "a", ""],
    ["stdout:\n\nstdout:stdout:\n", "\n\nstdout:\n", ""],
    ["no tag\n", "no tag\n", ""],
  ])("is taken apart: %j", (stream, output, errors) => {
    expect(read([Buffer.from(stream)])).toEqual({ output, errors });
  });

  it("is the same in whatever portions it comes", () => {
    const line = fc.tuple(
      fc.constantFrom("stdout:", "stderr:", "[keepalive]", ""),
      fc.constantFrom("", "x", "std:", "[keep"),
    );
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat({ max: 60 })), (lines, cuts) => {
        const stream = Buffer.from(lines.map(([tag, text]) => `${tag}${text}\n`).join(""));
        const places = [
          ...new Set([0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length]),
        ];
        const portions = places.slice(1).map((end, index) => stream.subarray(places[index], end));
        expect(read(portions)).toEqual(read([stream]));
      }),
    );
  });
});
