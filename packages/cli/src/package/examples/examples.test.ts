import { type ObjectSchema, tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { Output } from "../../cli/output/output.ts";
import { callText, exampleLine } from "./example-line.ts";
import { type Example, runExamples } from "./run-examples.ts";

const schema: ObjectSchema = {
  type: "object",
  properties: { a: { type: "number" }, b: { type: "number" }, c: { type: "number" } },
  required: ["a"],
  additionalProperties: false,
};
const add = tool({
  name: "add",
  description: "Adds.",
  input: schema,
  execute: ({ a, b }) => (Number(a) < 0 ? undefined : Number(a) + Number(b ?? 0)),
});
const { signal } = new AbortController();

async function run(example: Omit<Example, "tool">, name = "add") {
  const [outcome] = await runExamples([{ tool: name, ...example }], [add], signal);
  return outcome;
}

describe("runExamples", () => {
  it.each<[string, Omit<Example, "tool">, object]>([
    ["a call", { input: { a: 1 } }, { passed: true, value: 1 }],
    ["a call with its result", { input: { a: 1, b: 2 }, output: 3 }, { passed: true, value: 3 }],
    ["a call without a result", { input: { a: -1 }, output: null }, { passed: true, value: null }],
    ["another result", { input: { a: 1 }, output: 4 }, { passed: false, value: 1, problem: "it gives 1, and not 4" }],
  ])("runs %s", async (_title, example, outcome) => {
    expect(await run(example)).toMatchObject(outcome);
  });

  it("tells a wrong input, and a tool that there is not, as problems", async () => {
    expect((await run({ input: { b: 1 } }))?.problem).toContain("a: expected");
    expect((await run({ input: {} }, "sub"))?.problem).toBe("the package has no tool sub");
  });

  it("ends when it is told to", async () => {
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    await expect(runExamples([{ tool: "add", input: { a: 1 } }], [add], abort.signal)).rejects.toThrow("enough");
  });
});

it.each([
  [{ a: 1, b: 2 }, "add(1, 2)"],
  [{ a: 1, c: 2 }, 'add({"a":1,"c":2})'],
  [{}, "add()"],
])("the input %j is written as the call %s", (input, text) => {
  expect(callText("add", input, schema)).toBe(text);
});

it("an example is told on one line, whatever is in it", async () => {
  const out = new Output({ stdout: { write: () => true }, stderr: { write: () => true } }, { env: {} });
  const line = exampleLine(
    out,
    { tool: "add", input: { a: 1 }, passed: true, value: "\u001b[31m\n", durationMs: 4 },
    schema,
  );
  expect(line).toBe(String.raw`✓ add(1) → "\u001b[31m\n" (4 ms)`);
});
