import { describe, expect, it, test } from "vitest";
import { isSmoltoolsError } from "../../errors/smoltools-error.ts";
import type { JsonSchema, ObjectSchema } from "../../schema/json-schema.ts";
import { tool } from "../../tool/define-tool.ts";
import { toolNameProblem } from "../../tool/tool-name.ts";
import { Tool, type ToolContext } from "../../tool/tool.ts";
import { type ToolSource, ToolSourceError } from "../../tool/tool-source.ts";
import type { SourceFixture } from "./source-fixture.ts";
import { testToolSource } from "./test-tool-source.ts";

interface Source extends ToolSource {
  refused: ToolSourceError[];
}

type Execute = (input: unknown, context: ToolContext) => unknown;

/** How a source differs from one that keeps the contract. */
interface Flaw {
  fixture?: (one: SourceFixture) => SourceFixture;
  name?: (name: string) => string;
  title?: (name: string) => string;
  description?: string;
  origin?: false;
  call?: (run: Execute) => Execute;
  /** Wraps the finished tool. */
  wrap?: (made: Tool) => Tool;
  listing?: (fixtures: readonly SourceFixture[]) => void;
  refuse?: "nothing" | "everything" | "silently";
  clashes?: "allowed";
  open?: "for ever";
  disposing?: "once";
}

/** A source that keeps the contract but for the flaw. */
async function offer(fixtures: readonly SourceFixture[], flaw: Flaw): Promise<Source> {
  const refused: ToolSourceError[] = [];
  const closed = new AbortController();
  const gone = (): ToolSourceError => new ToolSourceError("The source has ended", { code: "SOURCE_UNAVAILABLE" });
  const seen = new Set<string>();
  const tools = fixtures.map(flaw.fixture ?? ((one) => one)).flatMap((one) => {
    const name = (flaw.name ?? nameOf)(one.name);
    if (seen.has(name) && flaw.clashes === undefined) throw invalid(fixtures.map((other) => other.name));
    seen.add(name);
    const run: Execute = async (input, { signal = new AbortController().signal }) => {
      if (closed.signal.aborted && flaw.open === undefined) throw gone();
      const both = AbortSignal.any([signal, closed.signal]);
      return Promise.race([
        one.execute(input, { signal: both }),
        new Promise((_, reject) => {
          both.addEventListener("abort", () => reject(signal.aborted ? signal.reason : gone()), { once: true });
        }),
      ]);
    };
    try {
      const made = tool<ObjectSchema, JsonSchema>({
        name,
        description: one.description || (flaw.description ?? `The tool ${name}.`),
        input: one.inputSchema,
        ...(one.outputSchema !== undefined && { output: one.outputSchema }),
        annotations: { title: (flaw.title ?? String)(one.name) },
        ...(flaw.origin !== false && { origin: { kind: "local" } }),
        execute: (flaw.call ?? ((same) => same))(run),
      });
      return [flaw.wrap ? flaw.wrap(made) : made];
    } catch (cause) {
      if (flaw.refuse === "everything" || !isSmoltoolsError(cause)) throw cause;
      if (flaw.refuse !== "silently") refused.push(invalid([one.name]));
      return [];
    }
  });
  return {
    refused,
    tools: async () => {
      flaw.listing?.(fixtures);
      if (closed.signal.aborted && flaw.open === undefined) throw gone();
      return [...tools];
    },
    [Symbol.asyncDispose]: async () => {
      if (closed.signal.aborted && flaw.disposing === "once") throw new Error("It has been disposed before");
      if (flaw.open === undefined) closed.abort();
    },
  };
}

function invalid(tools: string[]): ToolSourceError {
  return new ToolSourceError(`These tools cannot be used: ${tools.join(", ")}`, {
    code: "SOURCE_TOOL_INVALID",
    data: { tools },
  });
}

function nameOf(name: string): string {
  const safe = name
    .replace(/\W/g, "_")
    .replace(/^(?=\d)/, "_")
    .slice(0, 60);
  return toolNameProblem(safe) === undefined ? safe : `${safe}_`;
}

/** A tool that takes and gives anything, in place of another. */
class Unchecked extends Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema = { type: "object" };
  readonly #made: Tool;

  constructor(made: Tool) {
    super();
    this.name = made.name;
    this.description = made.description;
    this.#made = made;
  }

  protected override execute(): never {
    throw new Error("unreachable");
  }

  override async call(input: unknown, context: ToolContext = {}): Promise<unknown> {
    const { run } = this.#made as unknown as { run: Execute };
    return run(input, context);
  }
}

function withSchema(change: (schema: ObjectSchema) => ObjectSchema): Flaw {
  return { fixture: (one) => ({ ...one, inputSchema: change(one.inputSchema) }) };
}

function withResult(change: (result: unknown) => unknown): Flaw {
  return { call: (run) => async (input, context) => change(await run(input, context)) };
}

let lastAnswer: unknown = "none yet";

const flaws: Record<string, Flaw> = {
  "that forgets the description": { fixture: (one) => ({ ...one, description: "A tool." }) },
  "that gives tools without a description": { description: "", refuse: "everything" },
  "that numbers its tools": { name: (name) => `tool_${nameOf(name)}` },
  "that keeps names as they are": { name: String, refuse: "everything" },
  "that forgets what its tools were called": { title: () => "A tool" },
  "that does not say where its tools come from": { origin: false },
  "that declares any object": withSchema(() => ({ type: "object" })),
  "that adds an argument": withSchema((schema) => ({
    ...schema,
    properties: { ...schema.properties, runManager: { type: "object" } },
  })),
  "that sorts the arguments": withSchema((schema) => ({
    ...schema,
    properties: Object.fromEntries(Object.entries(schema.properties ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
  })),
  "that requires every argument": withSchema((schema) => ({
    ...schema,
    required: Object.keys(schema.properties ?? {}),
  })),
  "that forgets the schema of the output": {
    fixture: ({ name, description, inputSchema, execute }) => ({ name, description, inputSchema, execute }),
  },
  "that tries its tools when it lists them": {
    listing: (fixtures) => {
      for (const one of fixtures) void Promise.resolve(one.execute({}, { signal: new AbortController().signal }));
    },
  },
  "that refuses nothing": { refuse: "nothing", fixture: (one) => ({ ...one, inputSchema: { type: "object" } }) },
  "that gives up at the first bad tool": { refuse: "everything" },
  "that leaves bad tools out without a word": { refuse: "silently" },
  "that has two tools of one name": { clashes: "allowed" },
  "that calls nothing": { call: () => async () => "said" },
  "that calls with anything": { wrap: (made) => unchecked(made) },
  "that passes texts on": withResult(JSON.stringify),
  "that cuts long texts": withResult((result) => (typeof result === "string" ? result.slice(0, 1000) : result)),
  "that fills in what is absent": {
    call: (run) => (input, context) => run({ text: "", ...(input as object), limit: 10 }, context),
  },
  "that drops what it does not know": {
    call: (run) => (input, context) => run(JSON.parse(JSON.stringify(input, ["text", "root", "name"])), context),
  },
  "that hides why a call failed": {
    call: (run) => async (input, context) => {
      try {
        return await run(input, context);
      } catch (error) {
        if (context.signal?.aborted) throw error;
        throw new Error("The tool failed", { cause: error });
      }
    },
  },
  "that gives up after a failure": {
    call: (run) => {
      let failed = false;
      return async (input, context) => {
        if (failed) throw new Error("The tool has failed before");
        try {
          return await run(input, context);
        } catch (error) {
          failed = true;
          throw error;
        }
      };
    },
  },
  "that gives the last answer to all": {
    call: (run) => async (input, context) => {
      lastAnswer = await run(input, context);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return lastAnswer;
    },
  },
  "that makes errors of an abort": {
    call: (run) => async (input, context) => {
      try {
        return await run(input, context);
      } catch (error) {
        throw context.signal?.aborted ? new Error("It was aborted") : error;
      }
    },
  },
  "that calls although it was aborted before": {
    wrap: (made) => ({ __proto__: made, call: (input: unknown) => made.call(input) }) as unknown as Tool,
  },
  "that gives media as their description": withResult((result) => JSON.parse(JSON.stringify(result ?? null))),
  "that forgets the text beside media": withResult((result) =>
    Array.isArray(result) ? result.filter((part) => typeof part !== "string") : result,
  ),
  "that outlives its end": { open: "for ever" },
  "that can be disposed once": { disposing: "once" },
};

/** The tool without any check of what goes in and comes out. */
function unchecked(made: Tool): Tool {
  const run: Execute = (input, context) => Reflect.apply(Reflect.get(made, "execute"), made, [input, context]);
  return new Unchecked(Object.assign(Object.create(made), { run }));
}

type Registered = Map<string, () => Promise<void>>;

function register(flaw: Flaw = {}, skip: { test: string; reason: string }[] = [], hasConnection = true): Registered {
  const tests: Registered = new Map();
  testToolSource({
    offer: (fixtures) => offer(fixtures, flaw),
    refusals: (source) => source.refused,
    test: (name, run) => {
      expect(tests.has(name), `a second test is called "${name}"`).toBe(false);
      tests.set(name, run);
    },
    hasConnection,
    skip,
  });
  return tests;
}

/** The tests that a source fails; one that comes to no end fails. */
async function failures(flaw: Flaw): Promise<string[]> {
  const outcomes = [...register(flaw)].map(async ([name, run]) => {
    const late = new Promise<string>((resolve) => setTimeout(() => resolve(name), 500));
    const outcome = run().then(
      () => undefined,
      () => name,
    );
    return Promise.race([outcome, late]);
  });
  return (await Promise.all(outcomes)).filter((name) => name !== undefined);
}

describe("a source that keeps the contract", () => {
  testToolSource({
    offer: (fixtures) => offer(fixtures, {}),
    refusals: (source) => source.refused,
    test: it,
    hasConnection: true,
  });
});

const failed = new Set<string>();

test.each(Object.entries(flaws))("a source %s fails some test", async (_name, flaw) => {
  const names = await failures(flaw);
  for (const name of names) failed.add(name);
  expect(names).not.toEqual([]);
});

test("each test is failed by some source", () => {
  expect([...register().keys()].filter((name) => !failed.has(name))).toEqual([]);
});

test("a source that holds nothing open needs no end", () => {
  const names = [...register({}, [], false).keys()];
  expect(names).toContain("is disposed twice without an error");
  expect(names.filter((name) => name.includes("SOURCE_UNAVAILABLE"))).toEqual([]);
});

test("leaves out the tests that are skipped", () => {
  const [name = ""] = register().keys();
  expect(register({}, [{ test: name, reason: "a reason" }]).has(name)).toBe(false);
});

test.each([
  { test: "does what nobody asked for", reason: "a reason" },
  { test: "refuses two tools of one name", reason: "" },
])("refuses to skip %j", (skip) => {
  expect(() => register({}, [skip])).toThrow(/skip/);
});
