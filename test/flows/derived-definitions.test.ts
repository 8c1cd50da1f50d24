import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deriveFileOrThrow } from "@smoltools/cli/derive";
import { bundleTools, type LoadOptions, loadTool, packPackage, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let folder: string;
beforeAll(async () => {
  hub = await testHub();
  folder = await mkdtemp(join(tmpdir(), "smoltools-definitions-"));
  // The real tool() and Tool, as if they were installed.
  const installed = join(folder, "node_modules/smoltools");
  const core = fileURLToPath(new URL("../../packages/core/src/index.ts", import.meta.url));
  await mkdir(installed, { recursive: true });
  await writeFile(join(installed, "package.json"), '{ "name": "smoltools", "main": "index.ts", "types": "index.ts" }');
  await writeFile(join(installed, "index.ts"), `export * from ${JSON.stringify(core)};`);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const city = "{\n/** The city. */\ncity: string }";
const schema = `{ type: "object", properties: { city: { type: "string", description: "The city." } }, required: ["city"] }`;
let count = 0;

/** Publishes what a source exports; loads one of its tools from the hub and calls it. */
async function publish(source: string, fileName = "tool.ts") {
  const name = `acme/definition-${count++}`;
  const sourceFile = join(folder, `${count}-${fileName}`);
  await writeFile(sourceFile, source);
  const { tools } = await deriveFileOrThrow(sourceFile);
  const declared = tools.map(({ name, description, inputSchema, outputSchema = true, exportName, call }) => {
    return { name, description, inputSchema, outputSchema, exportName, call };
  });
  const { code, nodeModules } = await bundleTools({ sourceFile, tools: declared });
  expect(nodeModules).toEqual([]);
  const common = { name, version: "1.0.0", description: "Definitions." } as const;
  const packed = packPackage({ ...common, tools: declared, runtime: "js", code, sources: {} });
  await pushPackage(hub.client(), packed);
  type Options = Pick<LoadOptions, "trust" | "signal">;
  return async (tool: string, input: object, { signal, ...options }: Options = {}): Promise<unknown> => {
    await using loaded = await loadTool(`${name}@1.0.0#${tool}`, hub.options(options));
    return await loaded.call(input, { signal });
  };
}

describe("a published tool", () => {
  it("may be made by tool() of smoltools, of whose setup each call makes use", async () => {
    const call = await publish(`import { tool } from "smoltools";
let greeting = "";
export const weather = tool({
  name: "forecast",
  description: "Tells the weather.",
  input: ${schema},
  setup: async () => { greeting += "In "; },
  execute: async ({ city }, { signal }) => greeting + city + (signal ? "" : "!"),
});`);
    expect(await call("forecast", { city: "Oslo" })).toBe("In Oslo!");
    await expect(call("forecast", { city: 1 })).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
  });

  it("may be a class that extends Tool of smoltools", async () => {
    const call = await publish(`import { Tool, type ToolContext } from "smoltools";
export class Weather extends Tool {
  readonly name = "weather";
  readonly description = "Tells the weather.";
  readonly inputSchema = ${schema} as const;
  readonly #place = "In ";
  protected async execute(input: { city: string }, _context: ToolContext): Promise<string> { return this.#place + input.city; }
}`);
    expect(await call("weather", { city: "Oslo" })).toBe("In Oslo");
  });

  it.each(["execute", "forward", "run"])(
    "may be made by the author's own tool(), with the method %s",
    async (method) => {
      const call = await publish(`const tool = <T extends object>(definition: T): T => definition;
export default tool({
  name: "weather",
  description: "Tells the weather.",
  place: "In ",
  ${method}(input: ${city}): string { return this.place + input.city; },
});`);
      expect(await call("weather", { city: "Oslo" })).toBe("In Oslo");
    },
  );

  it.each(["execute", "forward", "run"])("may be a plain class, with the positional method %s", async (method) => {
    const call = await publish(`export class Weather {
  description = "Tells the weather.";
  place = "In ";
  /** @param city - The city.
   * @param days - How many.
   * @param others - Others. */
  async ${method}(city: string, days = 3, ...others: string[]): Promise<string> { return this.place + [city, days, ...others]; }
}`);
    expect(await call("Weather", { city: "Oslo" })).toBe("In Oslo,3");
    expect(await call("Weather", { city: "Oslo", days: 1, others: ["a", "b"] })).toBe("In Oslo,1,a,b");
  });

  it("may be an instance of a class, in JavaScript", async () => {
    const call = await publish(
      `class Weather {
  constructor(place) { this.place = place; this.name = "weather"; this.description = "Tells the weather."; }
  /** @param {{ at: Date }} input - The input.
   * @param input.at - The time.
   * @returns {string} */
  execute({ at }) { return this.place + at.getUTCFullYear(); }
}
export const weather = new Weather("In ");`,
      "tool.js",
    );
    expect(await call("weather", { at: "2026-01-01T00:00:00Z" })).toBe("In 2026");
  });

  it("may stand in one file with tools of every other form", async () => {
    const call = await publish(`import { tool } from "smoltools";
/** One. */
export function one(): number { return 1; }
export const two = tool({ name: "zwei", description: "Two.", execute: (): number => 2 });
export class Three { description = "Three."; run(): number { return 3; } }
export default { name: "not a tool" };`);
    expect([await call("one", {}), await call("zwei", {}), await call("Three", {})]).toEqual([1, 2, 3]);
  });
});

describe("a published stream", () => {
  const forms: [form: string, source: string][] = [
    [
      "a generator",
      "export async function* list(n: number): AsyncGenerator<Date> { for (let i = 0; i < n; i++) yield new Date(i); }",
    ],
    [
      "a generator without an annotation",
      "export async function* list(n: number) { for (let i = 0; i < n; i++) yield new Date(i); }",
    ],
    ["an iterable in a promise", "export async function list(n: number): Promise<AsyncIterable<Date>> { return (async function* () { for (let i = 0; i < n; i++) yield new Date(i); })(); }"], // prettier-ignore
    ["a stream of the web", "export function list(n: number): ReadableStream<Date> { let i = 0; const stream = { getReader: () => ({ read: async () => i < n ? { done: false, value: new Date(i++) } : { done: true }, cancel: async () => {} }) }; return stream as unknown as ReadableStream<Date>; }"], // prettier-ignore
  ];
  it.each(forms)("of %s comes as a list", async (_form, source) => {
    const call = await publish(`/** List. @param n - How many. */\n${source}`);
    expect(await call("list", { n: 2 })).toEqual(["1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00.001Z"]);
    expect(await call("list", { n: 0 })).toEqual([]);
  });

  it("of a method comes as a list", async () => {
    const call = await publish(
      `export class List { description = "List."; async *run(): AsyncGenerator<number> { yield 1; yield 2; } }`,
    );
    expect(await call("List", {})).toEqual([1, 2]);
  });

  it("that does not end is ended at the size that a result may have", async () => {
    const call = await publish(`/** List. */
export async function* list(): AsyncGenerator<string> { for (;;) yield "x".repeat(100_000); }`);
    await expect(call("list", {})).rejects.toThrow(/streams more than the 8388608 bytes/);
  });

  it("that does not end is ended by its caller, where it runs in this process", async () => {
    const load = await publish(`/** List. */
export async function* list(): AsyncGenerator<number> {
  try { for (;;) { (globalThis as any).streamed = "begun"; yield await new Promise<number>((done) => setTimeout(done, 1)); } }
  finally { (globalThis as any).streamed = "ended"; }
}`);
    const streamed = () => (globalThis as { streamed?: string }).streamed;
    const controller = new AbortController();
    const result = load("list", {}, { trust: "in-process", signal: controller.signal });
    await expect.poll(streamed, { timeout: 10_000 }).toBe("begun");
    controller.abort(new Error("enough"));
    await expect(result).rejects.toThrow("enough");
    await expect.poll(streamed, { timeout: 10_000 }).toBe("ended");
  });
});
