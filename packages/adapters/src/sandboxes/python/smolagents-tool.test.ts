import { readFileSync } from "node:fs";
import { isMediaRef, MediaRef, type SandboxOptions } from "@smoltools/core";
import { describe, expect, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import {
  loadSmolagentsTool,
  python,
  type PythonOptions,
  smolagentsInputSchema,
  smolagentsOutputSchema,
} from "./index.ts";
import { needsPythonPackages, pythonWithPackages } from "./test-support/python-with-packages.ts";

needsIsolation();

/** What smolagents 1.26 writes. */
const space = (name: string): string =>
  readFileSync(new URL(`./test-support/spaces/${name}/tool.py`, import.meta.url), "utf8");

const toolClass = (name: string, body = ""): string => `
class ${name}(Tool):
    name = "${name.toLowerCase()}"
    description = "A tool."
    inputs = {"text": {"type": "string", "description": "a text"}}
    output_type = "string"
    def forward(self, text): return "${name}: " + text
${body}`;
const header = "from smolagents import Tool, tool\nfrom typing import *\n";

async function load(
  source: string,
  {
    pythonOptions = {},
    sandboxOptions = {},
    ...options
  }: Parameters<typeof loadSmolagentsTool>[2] & {
    pythonOptions?: PythonOptions;
    sandboxOptions?: SandboxOptions;
  } = {},
): Promise<Awaited<ReturnType<typeof loadSmolagentsTool>> & AsyncDisposable> {
  const sandbox = await python(pythonOptions).create(sandboxOptions);
  try {
    return { ...(await loadSmolagentsTool(sandbox, source, options)), [Symbol.asyncDispose]: () => sandbox.dispose() };
  } catch (error) {
    await sandbox.dispose();
    throw error;
  }
}

describe("a tool.py that smolagents has written", () => {
  test("of a function is loaded unchanged, declares itself and is called", async () => {
    await using tool = await load(space("count_words"));
    expect(tool.declaration).toEqual({
      name: "count_words",
      description: "Counts words.",
      inputs: {
        text: { type: "string", description: "the text" },
        min_len: { type: "integer", nullable: true, description: "shortest word" },
      },
      outputType: "integer",
    });
    expect(await tool.call({ text: "one two three" })).toBe(3);
    expect(await tool.call({ text: "one two three", min_len: 4 })).toBe(1);
  });

  test("with an output schema tells it", async () => {
    await using tool = await load(space("weather"));
    expect(tool.declaration.outputSchema).toMatchObject({ type: "object", additionalProperties: false });
    expect(await tool.call({ city: "Ulm" })).toEqual({ city: "Ulm", degrees: 21.5 });
  });

  test("with settings and a set-up asks the web through the host", async () => {
    const body = Buffer.from("<title>Home</title>").toString("base64");
    const fetch = async ({ url }: { url: string }): Promise<never> =>
      ({ url, status: 200, statusText: "OK", headers: [], body }) as never;
    await using tool = await load(space("page_title"), { settings: { prefix: "It is " }, sandboxOptions: { fetch } });
    expect(await tool.call({ url: "https://a.example/" })).toBe("It is Home");
  });

  test("that needs the web says so where there is none", async () => {
    await expect(load(space("page_title"))).rejects.toMatchObject({
      code: "PYTHON_TOOL_INVALID",
      message: expect.stringMatching(/requests.*no network.*tool\.py, line 4/),
    });
  });
});

describe("a file of a tool", () => {
  test.each<[what: string, source: string, message: RegExp]>([
    ["with wrong syntax", "def f(:", /SyntaxError.*line 1/],
    ["that fails", "a = 1\n1 / 0", /ZeroDivisionError: division by zero \(tool\.py, line 2\)/],
    ["without a tool", header, /no tool/],
    ["with several tools (case 92)", header + toolClass("One") + toolClass("Two"), /several tools.*One, Two/],
    [
      "with a name that is none (case 80)",
      header + toolClass("One").replace('"one"', '"one-two"'),
      /'one-two'.*identifier/,
    ],
    ["with a type that is none", header + toolClass("One").replace('"type": "string"', '"type": "text"'), /'text'/],
    [
      "with an input without a description",
      header + toolClass("One").replace(', "description": "a text"', ""),
      /'description'/,
    ],
    [
      "whose inputs are not those of forward",
      header + toolClass("One").replace("self, text", "self, other"),
      /\['other'\].*\['text'\]/,
    ],
    ["without a description", header + toolClass("One").replace("description =", "about ="), /description/],
    [
      "that needs an argument",
      header + toolClass("One", "    def __init__(self, key): pass"),
      /missing 1 required positional argument: 'key'/,
    ],
    ["that imports what is not allowed", `import os\n${header}${toolClass("One")}`, /import of os is not allowed/],
    ["that imports more of smolagents", "from smolagents import CodeAgent", /CodeAgent/],
  ])("%s is refused", async (_what, source, message) => {
    await expect(load(source)).rejects.toMatchObject({
      code: "PYTHON_TOOL_INVALID",
      message: expect.stringMatching(message),
    });
  });

  test("with several tools is loaded when one is named (case 92)", async () => {
    await using tool = await load(header + toolClass("One") + toolClass("Two"), { className: "Two" });
    expect(await tool.call({ text: "a" })).toBe("Two: a");
  });

  test("does not take a tool that it imports or derives from for its own", async () => {
    await using tool = await load(header + toolClass("One"));
    expect(tool.declaration.name).toBe("one");
  });

  test("may make its tool of a function", async () => {
    const source = `${header}
@tool
def repeat(text: str, times: Optional[int] = 2, style: Literal["a", "b"] = "a", more: list[str] = []) -> str:
    """Repeats a text.

    Args:
        text: the text
          to repeat
        times (int): how often
        style: how
        more: others

    Returns:
        The text.
    """
    return text * times
`;
    await using tool = await load(source);
    expect(tool.declaration).toEqual({
      name: "repeat",
      description: "Repeats a text.",
      inputs: {
        text: { type: "string", description: "the text to repeat" },
        times: { type: "integer", description: "how often", nullable: true },
        style: { type: "string", description: "how", nullable: true },
        more: { type: "array", description: "others", nullable: true },
      },
      outputType: "string",
    });
    expect(await tool.call({ text: "ab" })).toBe("abab");
  });

  test("of an early version, whose inputs are a text, is loaded", async () => {
    const source = header + toolClass("One").replace(/inputs = (.*)/, "inputs = '''$1'''");
    await using tool = await load(source);
    expect(tool.declaration.inputs).toEqual({ text: { type: "string", description: "a text" } });
  });
});

describe("a call", () => {
  test.each<[what: string, inputs: Record<string, unknown>, message: RegExp]>([
    ["with an input that is not declared", { text: "a", more: 1 }, /no input 'more'/],
    ["without an input", {}, /lacks the input 'text'/],
    ["with an input of another type", { text: 1 }, /'text' has to be of type string, it is of type int/],
    ["with null where there may be none", { text: null }, /NoneType/],
  ])("%s is refused by the sandbox", async (_what, inputs, message) => {
    await using tool = await load(header + toolClass("One"));
    await expect(tool.call(inputs)).rejects.toMatchObject({
      code: "PYTHON_TOOL_FAILED",
      message: expect.stringMatching(message),
      data: { reason: "SANDBOX_EXCEPTION", name: "TypeError" },
    });
  });

  test("that fails tells the error, and the next one works", async () => {
    await using tool = await load(
      header + toolClass("One").replace('return "One: " + text', "return str(1 / int(text))"),
    );
    await expect(tool.call({ text: "0" })).rejects.toMatchObject({ data: { name: "ZeroDivisionError" } });
    expect(await tool.call({ text: "1" })).toBe("1.0");
  });

  test("that costs the process is followed by calls of the tool, loaded anew", async () => {
    const source =
      header + toolClass("One").replace("return", "import random; text == 'end' and random._os._exit(1); return");
    await using tool = await load(source);
    await expect(tool.call({ text: "end" })).rejects.toMatchObject({ data: { reason: "SANDBOX_CRASH" } });
    expect(await tool.call({ text: "a" })).toBe("One: a");
  });

  test("loads the tool anew with its own signal, not with that of the first loading", async () => {
    const source =
      header + toolClass("One").replace("return", "import random; text == 'end' and random._os._exit(1); return");
    const loading = new AbortController();
    await using tool = await load(source, { signal: loading.signal });
    loading.abort();
    await expect(tool.call({ text: "end" })).rejects.toMatchObject({ data: { reason: "SANDBOX_CRASH" } });
    await expect(tool.call({ text: "a" }, { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
    expect(await tool.call({ text: "a" })).toBe("One: a");
  });

  test("sets the tool up once", async () => {
    const source =
      header +
      toolClass("One", "    times = 0\n    def setup(self): self.times += 1").replace(
        '"One: " + text',
        "str(self.times)",
      );
    await using tool = await load(source);
    await tool.call({ text: "a" });
    expect(await tool.call({ text: "a" })).toBe("1");
  });
});

describe("schemas", () => {
  test("of inputs say what may be left out", () => {
    const inputs = {
      a: { type: "string", description: "A.", enum: ["x"] },
      b: { type: ["string", "integer"], description: "B.", nullable: true },
      c: { type: "any", description: "C." },
      d: { type: "image", description: "D." },
    };
    expect(smolagentsInputSchema(inputs)).toEqual({
      type: "object",
      properties: {
        a: { type: "string", description: "A.", enum: ["x"] },
        b: { type: ["string", "integer", "null"], description: "B." },
        c: { description: "C." },
        d: { description: "D.", anyOf: [expect.objectContaining({ required: ["kind", "mediaType"] })] },
      },
      required: ["a", "c", "d"],
      additionalProperties: false,
    });
  });

  test.each([
    ["integer", { type: "integer" }],
    ["any", true],
    ["image", expect.objectContaining({ type: "object" })],
  ])("of outputs follow the type %s", (type, schema) => {
    expect(smolagentsOutputSchema(type)).toEqual(schema);
  });
});

describe("a tool of images", () => {
  needsPythonPackages();

  test("takes a MediaRef and gives one", async () => {
    const options = { pythonOptions: pythonWithPackages, sandboxOptions: { limits: { memoryBytes: 256 * 1024 ** 2 } } };
    await using tool = await load(space("thumbnail"), options);
    // A white pixel.
    const image = MediaRef.fromUrl(
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=",
      { mediaType: "image/png" },
    );
    expect(isMediaRef(await tool.call({ image, size: 1 }))).toBe(true);
  });
});
