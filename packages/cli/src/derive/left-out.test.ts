import { SchemaValidator } from "@smoltools/core";
import { beforeAll, describe, expect, it } from "vitest";
import { type DeriveResult, deriveSource } from "./index.ts";

/** Declarations of a package. */
const kit = `
export type Choose<T> = (value: T) => boolean;
export class Reader {
  constructor(text: string);
  read(): string;
  text: string;
}
export interface Inner {
  reader: Reader;
  name: string;
}
export interface Options {
  /** How many. */
  limit?: number;
  in?: Choose<unknown>;
  mark?: symbol | undefined;
  stop?: AbortSignal | null;
  inner?: Inner;
  source?: string | Reader | URL;
  lines?: (string | Reader)[];
  holes?: (string | undefined)[];
  order?: "up" | "down" | Choose<string>;
  onDone?(): void;
}
export interface Open {
  /** Name. */
  name: string;
  done?: () => void;
  [key: string]: unknown;
}
export interface Strict {
  /** Name. */
  name: string;
  done: () => void;
}
export type Input = string | Reader;
export type Callback = Choose<string> | Reader;
export interface Result {
  /** Name. */
  name: string;
  done?: () => void;
  reader?: Reader;
}
export interface Log {
  /** Name. */
  name: string;
  again?(): Log;
}
export interface Chain {
  /** Name. */
  name: string;
  before?: Chain;
  loop: Loop;
}
export interface Loop {
  chain?: Chain;
  run(): void;
}
export interface Long {
  /** A. */
  a: { b: { c: Loop } };
  z: Loop;
}
export type Any = { /** A. */ a?: any };
/**
 * Goes.
 * @param text - The text.
 * @param limit - How many.
 * @param done - Told of the end.
 */
export function go(text: string, limit?: number, done?: (error: Error) => void, ...more: Choose<string>[]): string;
/**
 * Waits.
 * @param done - Told of the end.
 * @param text - The text.
 */
export function wait(done?: () => void, text?: string): void;
`;

const files = {
  "node_modules/kit/package.json": '{ "name": "kit", "version": "1.0.0", "types": "index.d.ts" }',
  "node_modules/kit/index.d.ts": kit,
};

async function derive(source: string): Promise<DeriveResult> {
  const names = ["Any", "Callback", "Chain", "Input", "Log", "Long", "Open", "Options", "Reader", "Result", "Strict"];
  const text = `import type { ${names.join(", ")} } from "kit";\n${source}`;
  return deriveSource(text, { fileName: "tool.ts", files });
}

const taking = (type: string) =>
  derive(
    `/** Does.\n * @param x - The x.\n * @param y - The y.\n */\nexport function f(x: ${type}, y: string): void {}`,
  );

const giving = (type: string) =>
  derive(`/** Does.\n * @returns The result. */\nexport function f(): ${type} { return null!; }`);

const told = ({ warnings }: DeriveResult) =>
  warnings.filter(({ code }) => code === "W_LEFT_OUT").map(({ message }) => message);

// Reading the compiler and the whole library takes longest, and is done once.
beforeAll(async () => {
  await deriveSource("", { fileName: "tool.ts", library: "full" });
}, 60_000);

describe("of the input, what a package declares and JSON cannot carry", () => {
  it("is left out where it may be absent, with a warning that says why", async () => {
    const result = await taking("Options");
    expect(result.problems).toEqual([]);
    expect(result.tools[0]?.inputSchema.properties?.["x"]).toEqual({
      description: "The x.",
      type: "object",
      properties: {
        limit: { description: "How many.", type: "number" },
        stop: { type: "null" },
        source: { anyOf: [{ type: "string" }, { type: "string", format: "uri", "x-ts": "URL" }] },
        lines: { type: "array", items: { type: "string" } },
        holes: { type: "array", items: { type: "string" } },
        order: { type: "string", enum: ["up", "down"] },
      },
      additionalProperties: false,
    });
    expect(told(result)).toEqual([
      '"x.in" is left out: "x.in" is a function, which cannot be sent as JSON.',
      '"x.mark" is left out: "x.mark" is a symbol, which JSON does not have.',
      'Of "x.stop", AbortSignal is left out: "x.stop" has the type AbortSignal, which has no form in JSON.',
      '"x.inner" is left out: "x.inner.reader.read" is a function, which cannot be sent as JSON.',
      'Of "x.source", Reader is left out: "x.source.read" is a function, which cannot be sent as JSON.',
      'Of "x.lines[]", Reader is left out: "x.lines[].read" is a function, which cannot be sent as JSON.',
      'Of "x.order", Choose<string> is left out: "x.order" is a function, which cannot be sent as JSON.',
      '"x.onDone" is left out: "x.onDone" is a function, which cannot be sent as JSON.',
    ]);
    expect(result.warnings[0]).toMatchObject({ file: "tool.ts", line: 6, column: 19 });
  });

  it("is never accepted, even where other keys are", async () => {
    for (const type of ["Options", "Open"]) {
      const { tools, problems } = await taking(type);
      expect(problems).toEqual([]);
      const validator = new SchemaValidator(tools[0]?.inputSchema ?? true);
      expect(validator.findings({ x: { name: "n" }, y: "" }).length === 0).toBe(type === "Open");
      for (const key of ["in", "done"]) {
        for (const value of [null, 1, "text", {}]) {
          const isAccepted = validator.findings({ x: { name: "n", [key]: value }, y: "" }).length === 0;
          expect([key, isAccepted]).toEqual([key, type === "Open" && key === "in"]);
        }
      }
    }
  });

  it.each([
    ["an alias", "Input", { type: "string" }],
    ["an optional property of a mapped type", "Pick<Options, 'in' | 'limit'>", { properties: { limit: {} } }],
    ["what an own type extends", "Mine", { properties: { own: {}, limit: {} } }],
  ])("is left out of %s", async (_what, type, expected) => {
    const own = "export interface Mine extends Pick<Options, 'in' | 'limit'> {\n  /** Own. */\n  own: string;\n}\n";
    const source = `/** Does.\n * @param x - The x.\n * @param y - The y.\n */\nexport function f(x: ${type}, y: string): void {}`;
    const { tools, problems } = await derive(own + source);
    expect(problems).toEqual([]);
    expect(tools[0]?.inputSchema.properties?.["x"]).toMatchObject(expected);
  });

  it.each([
    ["that is required", "Strict", "E_FUNCTION", '"x.done" is a function'],
    ["where nothing else is left", "Callback", "E_FUNCTION", '"x" is a function'],
    ["whose union the author wrote", "string | Reader", "E_FUNCTION", '"x.read" is a function'],
    ["that is any, which may be data", "Any", "E_ANY", '"x.a" has the type any'],
  ])("is refused %s", async (_what, type, code, message) => {
    const { tools, problems } = await taking(type);
    expect(tools).toEqual([]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.message).toContain(message);
  });

  it("is left out of the last parameters of a function that is exported again", async () => {
    const result = await derive('export { go } from "kit";');
    expect(result.problems).toEqual([]);
    expect(result.tools[0]?.call).toEqual({ kind: "positional", parameters: ["text", "limit"] });
    expect(Object.keys(result.tools[0]?.inputSchema.properties ?? {})).toEqual(["text", "limit"]);
    expect(told(result).map((message) => message.split(":")[0])).toEqual(['"more" is left out', '"done" is left out']);
  });

  it("is refused before other parameters, which would change their places", async () => {
    const { problems } = await derive('export { wait } from "kit";');
    expect(problems.map(({ code }) => code)).toEqual(["E_FUNCTION"]);
  });

  it("may be told of by the author's own tag", async () => {
    const source = "/** Does.\n * @param o.in - Which.\n * @param o.limit - How many. */\nexport function f(o: Pick<Options, 'in' | 'limit'>): void {}"; // prettier-ignore
    const { tools, problems } = await derive(source);
    expect(problems).toEqual([]);
    expect(tools[0]?.inputSchema.properties).toEqual({ limit: { description: "How many.", type: "number" } });
  });
});

describe("of the result, what a package declares", () => {
  it("is left out where JSON drops it by itself", async () => {
    const result = await giving("Log");
    expect(result.problems).toEqual([]);
    expect(result.tools[0]?.outputSchema).toMatchObject({ properties: { name: {} }, additionalProperties: false });
    expect(told(result)).toEqual([
      '"result.again" is left out: "result.again" is a function, which cannot be sent as JSON.',
    ]);
  });

  it("is refused where something of it would be sent", async () => {
    const { problems } = await giving("Result");
    expect(problems.map(({ message }) => message)).toEqual([
      '"result.reader.read" is a function, which cannot be sent as JSON.',
    ]);
  });
});

describe("a refusal", () => {
  it("names the shortest way to its reason, and names it once", async () => {
    expect((await taking("Long")).problems.map(({ message }) => message)).toEqual([
      '"x.z.run" is a function, which cannot be sent as JSON.',
    ]);
    expect((await taking("{ a: { b: Long }; c: Long; d: Chain }")).problems.map(({ message }) => message)).toEqual([
      '"x.c.z.run" is a function, which cannot be sent as JSON.',
    ]);
  });

  it("of a type that contains itself is found however it is met", async () => {
    for (const type of ["Chain", "{ a: Chain | null; b: Chain[] }"]) {
      const { tools, problems } = await taking(type);
      expect(tools).toEqual([]);
      expect(problems.map(({ code }) => code)).toEqual(["E_FUNCTION"]);
    }
  });
});
