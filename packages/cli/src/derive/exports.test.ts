import { describe, expect, it } from "vitest";
import { deriveSource } from "./index.ts";
import { deriveOne } from "./test-support/derive-one.ts";

describe("what is exported", () => {
  it("is found in every form of an export, in the order of the source", async () => {
    const { tools, problems } = await deriveSource(
      `/** One. */
export function one(): void {}
/** Two. */
export const two = async (): Promise<void> => {};
/** Three. */
function three(): void {}
/** Hidden. */
function hidden(): void {}
/** Five. */
export const five = function (): void {};
export { three, hidden as four };
export type Type = string;
export const value = 1;
export class Failure extends Error {}
export { six } from "./other.ts";`,
      { fileName: "tool.ts", files: { "other.ts": "/** Six. */\nexport function six(): void {}" } },
    );
    expect(problems).toEqual([]);
    expect(tools.map(({ name, description }) => `${name}: ${description}`)).toEqual([
      "one: One.",
      "two: Two.",
      "five: Five.",
      "three: Three.",
      "four: Hidden.",
      "six: Six.",
    ]);
  });

  it("may be a module of CommonJS", async () => {
    const source = "/** Does. @param {string} a - A. */\nfunction f(a) {}\nmodule.exports = { f };";
    expect((await deriveOne(source, "tool.cjs")).inputSchema.required).toEqual(["a"]);
  });

  it("may be a member of what a module of CommonJS exports, written out or one by one", async () => {
    const source = `module.exports = {
  /** One. */
  one: function () { return 1; },
  /** Two. */
  two() { return 2; },
};`;
    const { tools } = await deriveSource(source, { fileName: "tool.cjs" });
    expect(tools.map(({ name, description }) => `${name}: ${description}`)).toEqual(["one: One.", "two: Two."]);
    expect((await deriveOne("/** Does. */\nexports.f = () => 1;", "tool.cjs")).outputSchema).toEqual({
      type: "number",
    });
  });

  it("may have its parameters typed by a variable's annotation", async () => {
    const { inputSchema, call } = await deriveOne(`type Handler = (path: string, depth?: number) => Promise<string>;
/** Does.
 * @param path - The path.
 * @param depth - The depth. */
export const f: Handler = async (path) => path;`);
    expect(call).toEqual({ kind: "positional", parameters: ["path", "depth"] });
    expect(inputSchema.required).toEqual(["path"]);
  });

  it("may be made by another function", async () => {
    const { inputSchema } = await deriveOne(`declare function traced<F>(f: F): F;
/** Does.
 * @param path - The path. */
export const f = traced(async (path: string): Promise<string> => path);`);
    expect(inputSchema.properties).toEqual({ path: { description: "The path.", type: "string" } });
  });
});
