import { describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { smolagentsTools } from "./index.ts";

needsIsolation();

const runtime = smolagentsTools();
const toolClass = (name: string, { base = "Tool", body = "text" } = {}): string => `
class ${name}(${base}):
    name = "${name.toLowerCase()}"
    description = "A tool."
    inputs = {"text": {"type": "string", "description": "a text"}}
    output_type = "any"
    def forward(self, text): return ${body}
`;
const header = "from smolagents import Tool, tool\n";

describe("a file of tools", () => {
  test("gives all its tools, declared in JSON Schema", async () => {
    await using file = await runtime.open(header + toolClass("One") + toolClass("Two"));
    expect(file.tools.map(({ variable, name }) => [variable, name])).toEqual([
      ["One", "one"],
      ["Two", "two"],
    ]);
    expect(file.tools[0]).toMatchObject({
      description: "A tool.",
      inputSchema: { type: "object", required: ["text"], additionalProperties: false },
      outputSchema: true,
    });
    expect(await file.call("Two", { text: "a" })).toMatchObject({ value: "a" });
  });

  test("leaves out a class that others derive from and that is no tool itself", async () => {
    const source = `${header}class Base(Tool):\n    pass\n${toolClass("One", { base: "Base" })}`;
    await using file = await runtime.open(source);
    expect(file.tools.map(({ name }) => name)).toEqual(["one"]);
  });

  test("takes declarations that are texts, as early versions wrote them", async () => {
    const source = `${header}${toolClass("One").replace(/inputs = (.*)/, "inputs = '''$1'''")}`;
    await using file = await runtime.open(source);
    expect(Object.keys(file.tools[0]?.inputSchema.properties ?? {})).toEqual(["text"]);
  });

  test("may hold what smolagents refuses to save (case 82)", async () => {
    const source = `${header}
class One(Tool):
    name = "one"
    description = "A tool."
    inputs = {"text": {"type": ["string", "integer"], "description": "a text"}}
    output_type = "string"
    endings = [".", "!"]
    def forward(self, *, text):
        first, (second, *_) = 1, self.endings
        def twice(value): return str(value) * 2
        return (lambda value: twice(value) + second)(text)
`;
    await using file = await runtime.open(source);
    expect(await file.call("One", { text: "a" })).toMatchObject({ value: "aa." });
  });

  test("sees the variables that it is given, and no others", async () => {
    const body = 'sorted(k for k in __import__("os").environ if k.startswith("K"))';
    await using file = await runtime.open(header + toolClass("One", { body }), { env: { KEY: "v" } });
    expect(await file.call("One", { text: "" })).toMatchObject({ value: ["KEY"] });
  });

  test("is loaded again after a call that cost the process", async () => {
    const body = 'text if text == "a" else __import__("os")._exit(1)';
    await using file = await runtime.open(`${header}${toolClass("One", { body })}`);
    expect(await file.call("One", { text: "b" })).toMatchObject({ error: { code: "SANDBOX_CRASH" }, stateLost: true });
    expect(await file.call("One", { text: "a" })).toMatchObject({ value: "a" });
  });

  test.each([
    ["holds no tool", "x = 1", "holds no tool"],
    ["holds a tool that needs an argument (case 80)", `${toolClass("One")}    def __init__(self, key): pass`, "'key'"],
    ["has a tool with a name that is none (case 80)", toolClass("One").replace('"one"', '"one-two"'), "identifier"],
    ["fails", "1 / 0", "ZeroDivisionError"],
  ])("is refused when it %s", async (_what, source, message) => {
    await expect(runtime.open(header + source)).rejects.toMatchObject({
      code: "PYTHON_TOOL_INVALID",
      message: expect.stringContaining(message),
    });
  });

  test("that is being loaded is left by an abort", async () => {
    const signal = AbortSignal.timeout(300);
    await expect(runtime.open("while True: pass", { signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("knows no tool of another name", async () => {
    await using file = await runtime.open(header + toolClass("One"));
    expect(await file.call("Two", {})).toMatchObject({ error: { message: expect.stringContaining("no tool Two") } });
  });
});
