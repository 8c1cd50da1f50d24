import { describe, expect, it } from "vitest";
import { hubDefaults } from "../hub/hub-defaults.ts";
import { defaultRuntimes } from "./default-runtimes.ts";

describe("where packages run that need more than a JavaScript engine", () => {
  it("is a process for Node.js, and a sandbox of Python", () => {
    expect(hubDefaults({}, {}).runtimes).toMatchObject({ node: { name: "process" }, python: { name: "python" } });
  });

  it("is what the caller names, where that is named", () => {
    const python = { name: "mine", open: () => Promise.reject(new Error("not here")) };
    expect(hubDefaults({ runtimes: { python } }, {}).runtimes).toEqual({ node: defaultRuntimes.node, python });
  });

  it("loads tools in Python", async () => {
    const source = `from smolagents import Tool
class Hello(Tool):
    name, description, inputs, output_type = "hello", "Greets.", {}, "string"
    def forward(self): return "Hello"
`;
    const file = await defaultRuntimes.python?.open(source, {});
    expect(await file?.call("Hello", {})).toMatchObject({ value: "Hello" });
    await file?.[Symbol.asyncDispose]();
  });
});
