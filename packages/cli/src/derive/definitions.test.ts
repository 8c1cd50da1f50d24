import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type DerivedTool, deriveSource } from "./index.ts";

/** The real `tool()` and `Tool`, as an installed package. */
const files = {
  "node_modules/smoltools/package.json": '{ "name": "smoltools", "types": "index.d.ts" }',
  "node_modules/smoltools/index.d.ts": `export * from ${JSON.stringify(fileURLToPath(new URL("../../../core/src/index.ts", import.meta.url)))};`,
};

const derive = (source: string, fileName = "tool.ts") => deriveSource(source, { fileName, files });

async function only(source: string, fileName?: string): Promise<DerivedTool> {
  const { tools, problems } = await derive(source, fileName);
  expect(problems).toEqual([]);
  const [tool] = tools;
  if (!tool || tools.length > 1) throw new Error(`${tools.length} tools`);
  return tool;
}

const own = "declare function tool<T>(definition: T): T;\n";
const input = `{
  /** The city. */
  city: string;
  /** How many. @minimum 1 */
  days?: number;
}`;
const inputSchema = {
  type: "object",
  properties: {
    city: { description: "The city.", type: "string" },
    days: { description: "How many.", type: "number", minimum: 1 },
  },
  required: ["city"],
  additionalProperties: false,
};
const onObject = (name: string) => ({ on: "object", name });

describe("a call of tool()", () => {
  it.each(["execute", "run", "forward"])("has its input from the parameter of %s", async (method) => {
    const tool = await only(`${own}
/**
 * Is not the description.
 * @annotation openWorld
 * @returns The text. @minLength 1
 */
export const weather = tool({
  name: "forecast",
  description: "Tells the weather " + \`of \${1 + 1} days.\`,
  permissions: ["net api.example.com", "env:KEY"],
  annotations: { readOnlyHint: true, title: "Weather" },
  async ${method}(input: ${input}): Promise<string> { return input.city; },
});`);
    expect(tool).toEqual({
      exportName: "weather",
      name: "forecast",
      description: "Tells the weather of 2 days.",
      inputSchema,
      outputSchema: { description: "The text.", type: "string", minLength: 1 },
      call: { kind: "object", method: onObject(method) },
      permissions: { net: ["api.example.com"], env: ["KEY"], read: [], write: [], run: [] },
      annotations: { openWorldHint: true, readOnlyHint: true, title: "Weather" },
      examples: [],
      exampleCalls: [],
      throws: [],
    });
  });

  const forms: [form: string, source: string, expected: object][] = [
    ["an arrow function", `export const t = tool({ name: "t", description: "Does.", execute: async (input: ${input}) => input.city });`, { inputSchema }], // prettier-ignore
    ["a function that is declared before", `async function execute(input: ${input}): Promise<string> { return input.city; }\nexport const t = tool({ name: "t", description: "Does.", execute });`, { inputSchema }], // prettier-ignore
    ["constants", `const name = "t"; const description = "Does.";\nexport const t = tool({ name, description, execute: (input: ${input}): string => input.city });`, { name: "t", inputSchema }], // prettier-ignore
    ["an object that is declared before", `const options = { name: "t", description: "Does.", execute: (input: ${input}): string => input.city };\nexport const t = tool(options);`, { inputSchema }], // prettier-ignore
    ["a namespace", `const ai = { tool };\nexport const t = ai.tool({ name: "t", description: "Does.", execute: (input: ${input}): string => input.city });`, { inputSchema }], // prettier-ignore
    ["a default export", `export default tool({ name: "t", description: "Does.", execute: (input: ${input}): string => input.city });`, { exportName: "default", name: "t" }], // prettier-ignore
    ["a default export of a constant", `const t = tool({ name: "t", description: "Does.", execute: (input: ${input}): string => input.city });\nexport default t;`, { exportName: "default" }], // prettier-ignore
    ["another name of the export", `const t = tool({ name: "t", description: "Does.", execute: (input: ${input}): string => input.city }) satisfies object;\nexport { t as u };`, { exportName: "u", name: "t" }], // prettier-ignore
    ["a comment instead of a description", `/** Does. */\nexport const t = tool({ name: "t", execute: (input: ${input}): string => input.city });`, { description: "Does." }], // prettier-ignore
    ["permissions by kind", `export const t = tool({ name: "t", description: "Does.", permissions: { net: ["a.example"], read: [] }, execute: (): void => {} });`, { permissions: { net: ["a.example"], env: [], read: [], write: [], run: [] } }], // prettier-ignore
    ["no input", `export const t = tool({ name: "t", description: "Does.", execute: (): void => {} });`, { inputSchema: { type: "object", properties: {}, additionalProperties: false }, call: { kind: "positional", parameters: [], method: onObject("execute") } }], // prettier-ignore
    ["defaults of a destructuring", `export const t = tool({ name: "t", description: "Does.", execute: ({ days = 3 }: {\n/** How many. */\ndays?: number }): number => days });`, { inputSchema: { type: "object", properties: { days: { description: "How many.", type: "number", default: 3 } }, additionalProperties: false } }], // prettier-ignore
    ["comments on its method", `export const t = tool({ name: "t", description: "Does.",\n/** @param input.city - The city.\n * @param input.days - How many. @minimum 1\n * @deprecated Use u. */\nexecute: (input: { city: string; days?: number }): string => input.city });`, { inputSchema, deprecated: "Use u." }], // prettier-ignore
    ["positional parameters", `export const t = tool({ name: "t", description: "Does.",\n/** @param city - The city. */\nforward: (city: string): string => city });`, { call: { kind: "positional", parameters: ["city"], method: onObject("forward") } }], // prettier-ignore
    ["a context that cannot be found", `export const t = tool({ name: "t", description: "Does.", execute: (input: ${input}, { signal }: ToolContext): string => input.city });`, { inputSchema, call: { kind: "object", method: onObject("execute") } }], // prettier-ignore
  ];
  it.each(forms)("may have %s", async (_form, source, expected) => {
    expect(await only(own + source)).toMatchObject(expected);
  });
});

describe("tool() of smoltools", () => {
  const schema = `{ type: "object", properties: { city: { type: "string", description: "The city." } }, required: ["city"] }`;

  it("has the schemas that it is given, where they are literals", async () => {
    const tool = await only(`import { tool } from "smoltools";
const city = { type: "string", description: "The city." } as const;
export const t = tool({
  name: "t",
  description: "Does.",
  input: { type: "object", properties: { city }, required: ["city"] },
  output: { type: "array", items: { type: "string" }, maxItems: 3 },
  execute: ({ city }, { signal }) => [city],
});`);
    expect(tool).toMatchObject({
      inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      outputSchema: { type: "array", items: { type: "string" }, maxItems: 3 },
      call: { kind: "object", method: onObject("execute") },
    });
  });

  it("has its result from the function where there is no schema for it", async () => {
    const source = `import { tool } from "smoltools";
export const t = tool({ name: "t", description: "Does.", input: ${schema}, execute: async (input) => ({ upper: input.city + "!" }) });`;
    expect((await only(source)).outputSchema).toMatchObject({ properties: { upper: { type: "string" } } });
  });

  it("may be a class of its own", async () => {
    const tool = await only(`import { Tool, type ToolContext } from "smoltools";
export class Weather extends Tool {
  readonly name = "weather";
  readonly description = "Tells the weather.";
  readonly inputSchema = ${schema} as const;
  protected async execute(input: { city: string }, context: ToolContext): Promise<string> { return input.city; }
}`);
    expect(tool).toMatchObject({
      exportName: "Weather",
      name: "weather",
      inputSchema: { required: ["city"] },
      outputSchema: { type: "string" },
      call: { kind: "object", method: { on: "class", name: "execute" } },
    });
  });
});

describe("a frozen definition", () => {
  const frozen = (members: string) => `const tool = (definition) => definition;
export const t = tool({ name: "t", description: " As it was. ", ${members} async execute(input, { signal }) { return fetch(input.url, { signal }); } });`;

  it("is taken word for word: without descriptions, with any names, and without a schema of its result", async () => {
    const input = '{ type: "object", properties: { "X-Id": {}, url: { type: "string" } } }';
    const { outputSchema, ...tool } = await only(frozen(`frozen: true, inputSchema: ${input},`), "tool.js");
    expect(tool).toMatchObject({
      description: " As it was. ",
      inputSchema: { type: "object", properties: { "X-Id": {}, url: { type: "string" } } },
      call: { kind: "object", method: onObject("execute") },
    });
    expect(outputSchema).toBeUndefined();
  });

  it("still has to have schemas that are some", async () => {
    const { problems } = await derive(frozen('frozen: true, inputSchema: { type: "object", required: 1 },'), "tool.js");
    expect(problems.map(({ code }) => code)).toEqual(["E_UNSUPPORTED"]);
  });
});

describe("a class", () => {
  const members = 'description = "Does.";';
  const onClass = (name: string) => ({ on: "class", name });
  const forms: [form: string, source: string, expected: object][] = [
    ["its own name", `export class Weather { ${members} execute(input: ${input}): string { return ""; } }`, { name: "Weather", inputSchema, call: { kind: "object", method: onClass("execute") } }], // prettier-ignore
    ["a literal name", `export class Weather { name = "weather"; ${members} run(input: ${input}): string { return ""; } }`, { name: "weather", call: { method: onClass("run") } }], // prettier-ignore
    ["a toolName", `export class Weather { static toolName = "weather"; name = "Other"; ${members} execute(): void {} }`, { name: "weather" }], // prettier-ignore
    ["a getter", `export class Weather { get name() { return "weather"; } ${members} execute(): void {} }`, { name: "weather" }], // prettier-ignore
    ["its comment as description", `/** Does. @permission net a.example */\nexport class Weather { execute(): void {} }`, { description: "Does.", permissions: { net: ["a.example"] } }], // prettier-ignore
    ["positional parameters", `export class Weather { ${members}\n/** @param city - The city.\n * @param days - How many. */\nforward(city: string, days = 3): string { return ""; } }`, { call: { kind: "positional", parameters: ["city", "days"], method: onClass("forward") }, inputSchema: { properties: { days: { default: 3 } } } }], // prettier-ignore
    ["literal permissions", `export class Weather { ${members} static permissions = ["net a.example"]; execute(): void {} }`, { permissions: { net: ["a.example"] } }], // prettier-ignore
    ["a property as its method", `export class Weather { ${members} execute = async (input: ${input}): Promise<void> => {}; }`, { inputSchema, call: { method: onClass("execute") } }], // prettier-ignore
    ["inherited members", `abstract class Base<T> { ${members} execute(input: T): string { return ""; } }\nexport class Weather extends Base<${input}> {}`, { name: "Weather", inputSchema }], // prettier-ignore
    ["a base that is called Tool", `declare class Tool {}\nexport class Weather extends Tool { ${members} forward(): void {} }`, { name: "Weather" }], // prettier-ignore
    ["a default export", `export default class Weather { ${members} execute(): void {} }`, { exportName: "default", name: "Weather" }], // prettier-ignore
    ["a variable", `export const Weather = class { name = "weather"; ${members} execute(): void {} };`, { name: "weather", call: { method: onClass("execute") } }], // prettier-ignore
    ["an instance", `class Weather { ${members} constructor(key: string) {} execute(): void {} }\nexport const weather = new Weather("a");`, { exportName: "weather", name: "Weather", call: { method: onObject("execute") } }], // prettier-ignore
    ["a constructor with defaults", `export class Weather { ${members} constructor(a = 1, b?: string, ...c: string[]) {} execute(): void {} }`, {}], // prettier-ignore
  ];
  it.each(forms)("may have %s", async (_form, source, expected) => {
    expect(await only(source)).toMatchObject(expected);
  });

  it("of JavaScript has what its constructor sets", async () => {
    const tool = await only(
      `export class Weather {
  constructor() { this.name = "weather"; this.description = "Does."; }
  /** @param {{ city: string }} input - The input.
   * @param input.city - The city. */
  execute(input) { return input.city; }
}`,
      "tool.js",
    );
    expect(tool).toMatchObject({ name: "weather", description: "Does.", inputSchema: { required: ["city"] } });
  });

  it.each([
    ["exports.weather = ", ";"],
    ["module.exports = { weather: ", "};"],
  ])("of CommonJS may be exported by %s", async (before, after) => {
    const source = `const tool = (definition) => definition;\n${before}tool({ name: "t", description: "Does.", execute: () => 1 })${after}`;
    expect(await only(source, "tool.cjs")).toMatchObject({ exportName: "weather", name: "t" });
  });

  it("that is all that a module of CommonJS exports has no name to be imported by", async () => {
    const source = 'module.exports = class T { constructor() { this.description = "Does."; } run() {} };';
    expect((await derive(source, "tool.cjs")).problems.map(({ code }) => code)).toEqual(["E_UNSUPPORTED"]);
  });

  it("of a package that runs something else is no tool, and neither is a whole file", async () => {
    const installed = { "node_modules/queue/index.d.ts": "export declare class Queue { run(): void }" };
    const source =
      'import { Queue } from "queue";\nexport { Queue };\nexport const queue = new Queue();\nexport * as types from "./types.ts";';
    const options = { fileName: "tool.ts", files: { ...installed, "types.ts": "export type A = 1;" } };
    expect(await deriveSource(source, options)).toEqual({ tools: [], problems: [], warnings: [] });
  });

  it("that is abstract, or does no work, is no tool", async () => {
    const source = "export abstract class A { abstract execute(): void }\nexport class B { go() {} }";
    expect(await derive(source)).toEqual({ tools: [], problems: [], warnings: [] });
  });
});

it("a file may hold tools of every form, in the order of the source", async () => {
  const { tools, problems } = await derive(`${own}
/** One. */
export function one(): void {}
export const two = tool({ name: "zwei", description: "Two.", execute: (): void => {} });
export class Three { description = "Three."; forward(): void {} }
/** Four. */
export const four = (): void => {};
export default tool({ name: "five", description: "Five.", run: (): void => {} });`);
  expect(problems).toEqual([]);
  expect(tools.map(({ name, description, call }) => `${name}: ${description} ${call.method?.name ?? ""}`)).toEqual([
    "one: One. ",
    "zwei: Two. execute",
    "Three: Three. forward",
    "four: Four. ",
    "five: Five. run",
  ]);
});

describe("a definition is refused", () => {
  const t = (members: string) => `${own}export const t = tool({ ${members} });`;
  const ours = (members: string) => `import { tool } from "smoltools";\nexport const t = tool({ ${members} });`;
  const name = 'name: "t"';
  const text = 'description: "Does."';
  const work = "execute: (): void => {}";
  type Row = [what: string, source: string, code: string, at: string, fix?: RegExp];
  const rows: Row[] = [
    ["that is not written out", `${own}declare const options: object;\nexport const t = tool(options);`, "E_UNSUPPORTED", "options"], // prettier-ignore
    ["that is spread", t(`...{ ${name} }, ${text}, ${work}`), "E_UNSUPPORTED", `...{ ${name} }`],
    ["without a name", t(`${text}, ${work}`), "E_NAME", "t"],
    ["with a computed name", t(`name: String(1), ${text}, ${work}`), "E_NAME", "String(1)"],
    ["with the name of a keyword", t(`name: "lambda", ${text}, ${work}`), "E_NAME", '"lambda"'],
    ["without a description", t(`${name}, ${work}`), "E_NO_DESCRIPTION", "t"],
    ["with a computed description", t(`${name}, description: String(1), ${work}`), "E_NO_DESCRIPTION", "description"],
    ["without a method", t(`${name}, ${text}`), "E_UNSUPPORTED", "t", /execute/],
    ["with a method that is none", t(`${name}, ${text}, execute: 1`), "E_UNSUPPORTED", "t"],
    ["with a property that is not described", t(`${name}, ${text}, execute: (i: {\n city: string }): void => {}`), "E_NO_DESCRIPTION", "city"], // prettier-ignore
    ["with an untyped parameter", t(`${name}, ${text},\n/** @param input - The input. */\nexecute: (input) => 1`), "E_UNTYPED", "input"], // prettier-ignore
    ["with a result of type any", t(`${name}, ${text}, execute: (): any => 1`), "E_NO_RETURN", "any"],
    ["with computed permissions", t(`${name}, ${text}, permissions: [String(1)], ${work}`), "E_TAG", "[String(1)]"],
    ["with a permission of no kind", t(`${name}, ${text}, permissions: ["disk /"], ${work}`), "E_TAG", '["disk /"]'],
    ["with permissions by no kind", t(`${name}, ${text}, permissions: { disk: [] }, ${work}`), "E_TAG", "{ disk: [] }"],
    ["with an annotation that is none", t(`${name}, ${text}, annotations: { fast: true }, ${work}`), "E_TAG", "{ fast: true }"], // prettier-ignore
    ["with a schema of a library", t(`${name}, ${text}, input: z.object({}), ${work}`), "E_UNSUPPORTED", "z.object({})", /as a literal/], // prettier-ignore
    ["with parameters of a library", t(`${name}, ${text}, parameters: z.object({}), ${work}`), "E_UNSUPPORTED", "z.object({})"], // prettier-ignore
    ["with an output of a library", t(`${name}, ${text}, output: z.string(), ${work}`), "E_UNSUPPORTED", "z.string()"],
    ["with an input that is no object", t(`${name}, ${text}, input: { type: "string" }, ${work}`), "E_UNSUPPORTED", '{ type: "string" }'], // prettier-ignore
    ["with a broken schema", t(`${name}, ${text}, input: { type: "object", required: 1 }, ${work}`), "E_UNSUPPORTED", '{ type: "object", required: 1 }'], // prettier-ignore
    ["with a schema that does not describe", t(`${name}, ${text}, input: { type: "object", properties: { a: {} } }, ${work}`), "E_NO_DESCRIPTION", "a"], // prettier-ignore
    ["with an option that smoltools does not have", ours(`${name}, ${text}, permissions: [], ${work}`), "E_UNSUPPORTED", "permissions", /@permission/], // prettier-ignore
    ["with a method that smoltools does not call", ours(`${name}, ${text}, run: (): void => {}`), "E_UNSUPPORTED", "run", /execute/], // prettier-ignore
    ["with a positional parameter that smoltools does not pass", ours(`${name}, ${text},\n/** @param city - The city. */\nexecute: (city: string): void => {}`), "E_UNSUPPORTED", "city"], // prettier-ignore
    ["that asks its constructor's caller", `export class T { ${text.replace(":", " =")}; constructor(key: string) {} execute(): void {} }`, "E_UNSUPPORTED", "T"], // prettier-ignore
    ["that is overloaded", `export class T { description = "Does."; execute(a: string): void; execute(a: number): void; execute(a: unknown): void {} }`, "E_OVERLOAD", "execute"], // prettier-ignore
    ["whose name is not set", `export class T { readonly name: string; description = "Does."; execute(): void {} }`, "E_NAME", "name"], // prettier-ignore
    ["with the name of another", `${own}/** Does. */\nexport function t(): void {}\nexport const u = tool({ ${name}, ${text}, ${work} });`, "E_NAME", "u", /a name of its own/], // prettier-ignore
  ];
  it.each(rows)("%s", async (_what, source, code, at, fix = /./) => {
    const { problems } = await derive(source);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    const [problem] = problems;
    const line = source.split("\n")[(problem?.line ?? 0) - 1] ?? "";
    expect(line.slice((problem?.column ?? 0) - 1).slice(0, problem?.length)).toBe(at);
    expect(problem?.fix).toMatch(fix);
  });
});
