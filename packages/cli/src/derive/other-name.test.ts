import { expect, it } from "vitest";
import { deriveSource } from "./index.ts";

const problemsOf = async (source: string) => (await deriveSource(source, { fileName: "tool.ts" })).problems;

const functionNamed = (name: string) => `/**\n * Greets.\n * @name ${name}\n */\nexport function greet(): void {}`;
const classNamed = (name: string) => `/** @name ${name} */
export class Greeting {
  name = "greet";
  description = "Greets.";
  execute(input: { /** Whom. */\n  to: string }): string { return input.to; }
}`;

it("a @name that is the tool's own is nothing to talk about", async () => {
  expect(await problemsOf(functionNamed("greet"))).toEqual([]);
});

it.each([
  ["a function", functionNamed("hello"), 3],
  ["a function, without a name behind it", functionNamed(""), 3],
  ["a class", classNamed("Greeting"), 1],
])("another @name on %s is refused, for the tool would not be called so", async (_what, source, line) => {
  expect(await problemsOf(source)).toContainEqual(
    expect.objectContaining({
      code: "E_TAG",
      line,
      message: '@name does not name a tool: this one is called "greet".',
    }),
  );
});
