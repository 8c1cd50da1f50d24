import type { JsonSchema, ObjectSchema } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ManifestTool } from "../../manifest/manifest.ts";
import { noPermissions } from "../../manifest/permissions.ts";
import { readToolFiles } from "./test-support/python.ts";
import { toolFile, type ToolFilePackage } from "./tool-file.ts";

const about: ToolFilePackage = {
  name: "acme/weather",
  version: "1.2.0",
  permissions: { ...noPermissions(), net: ["api.example.com"] },
  entry: "dist/tool.mjs",
  entrySha256: "0".repeat(64),
};

const weather: ManifestTool = {
  name: "get_weather",
  description: "Tells the weather in a city.",
  inputSchema: {
    type: "object",
    properties: {
      days: { type: "integer", minimum: 1, default: 1 },
      city: { type: "string", description: "Name of the city" },
      from: { enum: ["north", "south"] },
    },
    required: ["city"],
    additionalProperties: false,
  },
  outputSchema: { type: "object", properties: { celsius: { type: "number" } }, required: ["celsius"] },
};

function read(tool: ManifestTool) {
  const [file] = readToolFiles([toolFile(tool, about)]);
  if (!file) throw new Error("Python read no file");
  return file;
}

/** What people and attackers write into schemas: quotes, escapes, line breaks, braces, and whatever else there is. */
const nasty = fc.oneof(
  fc.constantFrom(
    '"""',
    "'''",
    "\\",
    '\\"',
    "\n",
    "\r\n",
    "{x}",
    "%s",
    "#",
    "\u0000",
    "\u2028",
    "😀",
    "\ud800",
    "*/",
    "</x>",
  ),
  fc.string({ unit: "binary" }),
);
const text = fc.array(nasty, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
const leaf: fc.Arbitrary<JsonSchema> = fc.oneof(
  fc.record({
    type: fc.constantFrom("string", "integer", "number", "boolean", "array", "object", "null"),
    description: text,
  }),
  fc.record({ enum: fc.array(fc.oneof(text, fc.integer(), fc.constant(null)), { minLength: 1, maxLength: 3 }) }),
  fc.record({
    anyOf: fc.array(fc.record({ type: fc.constantFrom("string", "null") }), { minLength: 1 }),
    default: text,
  }),
  fc.record({ $ref: fc.constantFrom("#", "#/$defs/a", "#/nowhere", "https://example.com/x") }),
  fc.boolean(),
);
const tool: fc.Arbitrary<ManifestTool> = fc.record(
  {
    name: fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,20}$/),
    description: text,
    inputSchema: fc.oneof(
      fc
        .tuple(
          fc.dictionary(fc.oneof(text, fc.constantFrom("from", "self", "__a", "a-b", "a_b", "1", "None")), leaf, {
            maxKeys: 5,
          }),
          fc.boolean(),
        )
        .map(([properties, closed]): ObjectSchema => {
          const required = Object.keys(properties).slice(1);
          if (!closed) return { type: "object", properties, required };
          return { type: "object", properties, required, additionalProperties: false };
        }),
      fc.constant<ObjectSchema>({ type: "object", anyOf: [{ required: ["a"] }] }),
    ),
    outputSchema: leaf,
  },
  { requiredKeys: ["name", "description", "inputSchema"] },
);

describe("a tool.py", () => {
  it("declares the tool as smolagents wants it", () => {
    const file = read(weather);
    expect(file.class).toBe("GetWeatherTool");
    expect(file.parameters).toEqual(["city", "days", "from_"]);
    expect(file.defaults).toBe(2);
    expect(file.attributes).toMatchObject({
      name: "get_weather",
      description: "Tells the weather in a city.\nReturns, in TypeScript: { celsius: number }",
      inputs: {
        city: { type: "string", description: "Name of the city." },
        days: { type: "integer", nullable: true, description: "The argument days. It is at least 1. Default: 1." },
        from_: { type: "string", nullable: true, description: 'The argument from. One of: "north", "south".' },
      },
      output_type: "object",
      names: { from_: "from" },
      repo_id: "acme/weather",
      version: "1.2.0",
      js_sha256: "0".repeat(64),
    });
    expect(JSON.parse(String(file.attributes["input_schema_json"]))).toEqual(weather.inputSchema);
    expect(JSON.parse(String(file.attributes["output_schema_json"]))).toEqual(weather.outputSchema);
  });

  it("finds the bundle from a folder of its own as well", () => {
    const [file] = readToolFiles([toolFile(weather, about, "tools/get_weather")]);
    expect(file?.attributes["package_root"]).toBe("../..");
  });

  it("takes an input with unknown keys as one object", () => {
    const { parameters, attributes } = read({
      ...weather,
      inputSchema: { type: "object", additionalProperties: { type: "number" } },
    });
    expect(parameters).toEqual(["input"]);
    expect(attributes).toMatchObject({ takes_object: true, inputs: { input: { type: "object" } } });
  });

  it("promises no dict where the tool returns another value", () => {
    const { attributes } = read({ ...weather, outputSchema: { type: "array" } });
    expect(attributes).toMatchObject({ output_type: "array", output_schema_json: "null" });
  });

  it("is the same for the same tool, and in ASCII alone, whatever the declaration holds", () => {
    const odd = { ...weather, description: 'Größe\u2028😀 """ {x}' };
    expect(toolFile(odd, about)).toBe(toolFile(structuredClone(odd), about));
    expect(toolFile(odd, about)).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it("of any tool is read by Python as what the tool declares", () => {
    const tools = fc.sample(tool, 400);
    const files = readToolFiles(tools.map((each) => toolFile(each, about)));
    for (const [i, { attributes, parameters, class: name }] of files.entries()) {
      const { inputSchema } = tools[i] ?? weather;
      const { inputs, names } = attributes as { inputs: Record<string, unknown>; names: Record<string, string> };
      expect(attributes["name"]).toBe(tools[i]?.name);
      expect(parameters).toEqual(Object.keys(inputs));
      expect(new Set(parameters).size).toBe(parameters.length);
      expect(name).toMatch(/^[A-Za-z]\w*$/);
      if (attributes["takes_object"] === true) continue;
      const keys = parameters.map((parameter) => (Object.hasOwn(names, parameter) ? names[parameter] : parameter));
      const wanted = Object.keys(inputSchema.properties ?? {}).map((key) => key.toWellFormed());
      expect([...keys].sort()).toEqual([...wanted].sort());
    }
  });

  it("says what the author wrote, or the same words on one line", () => {
    const texts = fc.sample(
      text.filter((each) => each.trim() !== ""),
      200,
    );
    const plain = { name: "act", inputSchema: { type: "object" as const } };
    const files = readToolFiles(texts.map((description) => toolFile({ ...plain, description }, about)));
    const words = (value: unknown) => String(value).toWellFormed().split(/\s+/).filter(Boolean);
    expect(files.map(({ attributes }) => words(attributes["description"]))).toEqual(texts.map(words));
  });
});
