import { isDeepStrictEqual } from "node:util";
import {
  ActionStep,
  isMediaRef,
  type MediaRef,
  Memory,
  MemoryError,
  type MemoryJson,
  SystemPromptStep,
  TaskStep,
} from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nativeAnswer, toolAgentOf } from "./agent-fixture.ts";
import { media, memoryArbitrary, memoryValue } from "./random-memory.ts";

const throughText = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A memory whose last step answered with this. */
function answering(value: unknown): Memory {
  const memory = new Memory();
  const step = new ActionStep(1, 0);
  step.finalAnswer = { value };
  step.toolCalls = [{ id: "call_1_1", tool: "t", input: { value }, durationMs: 1 }];
  memory.add(step);
  return memory;
}

function answerOf(memory: Memory): unknown {
  const [step] = memory.steps;
  return step instanceof ActionStep ? step.finalAnswer?.value : "no step";
}

describe("a memory as JSON", () => {
  it("comes back as it was, through text", () => {
    fc.assert(
      fc.property(memoryArbitrary, (memory) => {
        const copy = Memory.fromJSON(throughText(memory));
        expect(isDeepStrictEqual(copy.steps, memory.steps)).toBe(true);
        expect(copy.toMessages()).toEqual(memory.toMessages());
      }),
      { numRuns: 60 },
    );
  });

  it("comes back as it was without text in between", () => {
    fc.assert(
      fc.property(memoryArbitrary, (memory) => {
        expect(isDeepStrictEqual(Memory.fromJSON(memory.toJSON()).steps, memory.steps)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("is the same JSON when it is exported again", () => {
    fc.assert(
      fc.property(memoryArbitrary, (memory) => {
        const text = JSON.stringify(memory);
        expect(JSON.stringify(Memory.fromJSON(JSON.parse(text)))).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it("keeps answers and inputs of every form that has one", () => {
    fc.assert(
      fc.property(memoryValue, (value) => {
        expect(isDeepStrictEqual(answerOf(Memory.fromJSON(throughText(answering(value)))), value)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["-0", -0],
    ["Infinity", Infinity],
    ["a big integer", 2n ** 80n],
    ["a date", new Date(12)],
    ["an invalid date", new Date(Number.NaN)],
    ["a map with a map as a key", new Map([[new Map([[1, 2]]), "x"]])],
    ["a set of sets", new Set([new Set([1]), new Set()])],
    ["bytes", Uint8Array.of(0, 255, 128)],
    ["no bytes", new Uint8Array()],
    ["an object that looks encoded", { $type: "date", value: "2020-01-01T00:00:00.000Z" }],
    ["an object that looks encoded twice", { $type: "object", value: { $type: "undefined" } }],
    ["an object with an unknown mark", { $type: "point", x: 1 }],
    ["a key called __proto__", JSON.parse('{"__proto__": {"polluted": true}}')],
    ["holes as undefined", [undefined, undefined]],
  ])("keeps %s", (_title, value) => {
    expect(answerOf(Memory.fromJSON(throughText(answering(value))))).toStrictEqual(value);
  });

  it("does not change the prototype of anything", () => {
    Memory.fromJSON(throughText(answering(JSON.parse('{"__proto__": {"polluted": true}, "constructor": {}}'))));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("keeps the bytes and the address of media", () => {
    fc.assert(
      fc.property(media, (given) => {
        const copy = answerOf(Memory.fromJSON(throughText(answering(given))));
        expect(isMediaRef(copy)).toBe(true);
        const { mediaType, name, url } = copy as MediaRef;
        expect({ mediaType, name, url }).toEqual({ mediaType: given.mediaType, name: given.name, url: given.url });
        expect((copy as MediaRef).toBase64()).toBe(given.toBase64());
      }),
      { numRuns: 30 },
    );
  });

  it("takes bytes of a part of a larger buffer as that part", () => {
    const part = Uint8Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(answerOf(Memory.fromJSON(throughText(answering(part))))).toEqual(Uint8Array.of(2, 3));
  });

  it("takes a large answer", () => {
    const value = { text: "x".repeat(3_000_000), bytes: new Uint8Array(1_000_000).fill(7) };
    expect(answerOf(Memory.fromJSON(throughText(answering(value))))).toEqual(value);
  });

  it.each<[string, unknown]>([
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["an instance of a class", new URL("https://example.org")],
    ["a regular expression", /x/],
    ["an error", new Error("x")],
    ["a promise", Promise.resolve()],
    ["floats", Float32Array.of(1)],
  ])("refuses %s, and says where it is", (_title, value) => {
    expect(() => answering({ deep: [value] }).toJSON()).toThrow(MemoryError);
    expect(() => answering({ deep: [value] }).toJSON()).toThrow(/steps\/0\/\S*deep\/0/);
  });

  it("refuses a value that contains itself, and takes one that is there twice", () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(() => answering(circle).toJSON()).toThrow("contains itself");
    const shared = { a: 1 };
    expect(answerOf(Memory.fromJSON(throughText(answering([shared, shared]))))).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it("does not change when the memory does, nor the memory when it does", () => {
    const step = new ActionStep(1, 0);
    step.error = { code: "X", message: "before", endedRun: false };
    step.answers = [{ text: "before", isError: true }];
    const memory = new Memory();
    memory.add(step);
    const json = memory.toJSON();
    step.error.message = "after";
    step.answers[0] = { text: "after", isError: true };
    const copy = Memory.fromJSON(json);
    expect(copy.steps[0]).toMatchObject({ error: { message: "before" }, answers: [{ text: "before" }] });
    for (const part of json.steps) if (part.kind === "action") part.answers?.push({ text: "later", isError: false });
    expect(copy.steps[0]).toMatchObject({ answers: [{ text: "before" }] });
  });

  it("stays what it was when the JSON from which it came is changed", () => {
    const usage = { inputTokens: 1, outputTokens: 1 };
    const image = { type: "image", mediaType: "image/png", data: "before" } as const;
    const json: MemoryJson = {
      schemaVersion: 1,
      steps: [
        { kind: "task", task: "Look.", images: [image] },
        { kind: "planning", beforeStep: 1, startedAt: 0, durationMs: 0, usage },
      ],
    };
    const memory = Memory.fromJSON(json);
    const before = JSON.stringify(memory);
    usage.inputTokens = 2;
    Object.assign(image, { data: "after" });
    expect(JSON.stringify(memory)).toBe(before);
  });

  it("holds no secret of the run's context", async () => {
    const { agent } = toolAgentOf([nativeAnswer(1)]);
    await agent.run("Go.", { context: { token: "hf_secret" } });
    expect(JSON.stringify(agent.memory)).not.toContain("hf_secret");
  });
});

/** What comes of anything at all that is taken for a memory: a memory that can be told, or a MemoryError. */
function outcomeOf(json: unknown): unknown {
  let memory: Memory;
  try {
    memory = Memory.fromJSON(json);
  } catch (error) {
    return error instanceof MemoryError && error.code !== "MEMORY_NOT_SERIALIZABLE" ? "refused" : error;
  }
  memory.toMessages();
  memory.toMessages({ summary: true, maxImages: 1 });
  return memory instanceof Memory ? "a memory" : memory;
}

const good = ["a memory", "refused"];

/** All places in a JSON value, as paths. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]));
  return [path, ...inner];
}

/** The value with something else in one place. */
function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[String(key)] = replaced(copy[String(key)], rest, by);
  return copy;
}

describe("garbage taken for a memory", () => {
  it("of any form gives a MemoryError or a memory, and nothing else", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withObjectString: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    const nearly = fc.record({ schemaVersion: fc.oneof(fc.constant(1), anything), steps: fc.array(anything) });
    fc.assert(
      fc.property(fc.oneof(anything, nearly), (json) => {
        expect(good).toContain(outcomeOf(json));
      }),
      { numRuns: 150 },
    );
  });

  it("that is a memory with one thing changed gives a MemoryError or a memory, and nothing else", () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(undefined, -1, 1.5, Infinity, "", [], {}, { $type: "map", value: [1] }),
      fc.record(
        {
          $type: fc.constantFrom("date", "bigint", "number", "map", "set", "bytes", "media", "object", "undefined"),
          value: fc.jsonValue(),
          mediaType: fc.string(),
          url: fc.string(),
          data: fc.string(),
        },
        { requiredKeys: ["$type"] },
      ),
    );
    fc.assert(
      fc.property(memoryArbitrary, fc.nat(), junk, (memory, place, by) => {
        const json = throughText(memory);
        const paths = pathsOf(json);
        expect(good).toContain(outcomeOf(replaced(json, paths[place % paths.length] ?? [], by)));
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a text", "memory"],
    ["a list", []],
    ["an empty object", {}],
    ["no steps", { schemaVersion: 1 }],
    ["steps that are none", { schemaVersion: 1, steps: {} }],
    ["another version", { schemaVersion: 0, steps: [] }],
    ["a version that is a text", { schemaVersion: "1", steps: [] }],
    ["a step of no kind", { schemaVersion: 1, steps: [{}] }],
    ["a key that nobody knows", { schemaVersion: 1, steps: [], more: 1 }],
    ["a step with a key that nobody knows", { schemaVersion: 1, steps: [{ kind: "task", task: "a", more: 1 }] }],
    [
      "a big integer of words",
      {
        schemaVersion: 1,
        steps: [
          {
            kind: "action",
            number: 1,
            startedAt: 0,
            durationMs: 0,
            modelDurationMs: 0,
            finalAnswer: { value: { $type: "bigint", value: "many" } },
          },
        ],
      },
    ],
  ])("is refused: %s", (_title, json) => {
    expect(() => Memory.fromJSON(json)).toThrow(MemoryError);
  });

  it("of a later version says to update", () => {
    expect(() => Memory.fromJSON({ schemaVersion: 2, steps: [] })).toThrow(/schema version 2: update smoltools/);
  });

  it("that is nested very deeply, as a value or as runs of managed agents, does no harm", () => {
    const action = { kind: "action", number: 1, startedAt: 0, durationMs: 0, modelDurationMs: 0 };
    let value: unknown = 1;
    for (let level = 0; level < 100_000; level++) value = [value];
    expect(good).toContain(outcomeOf({ schemaVersion: 1, steps: [{ ...action, finalAnswer: { value } }] }));
    let steps: unknown[] = [];
    for (let level = 0; level < 20_000; level++) {
      const run = { agent: "a", steps };
      steps = [{ ...action, toolCalls: [{ id: "c", tool: "t", input: {}, durationMs: 0, run }] }];
    }
    expect(good).toContain(outcomeOf({ schemaVersion: 1, steps }));
  });

  it("that contains itself does no harm", () => {
    const circle: Record<string, unknown> = { kind: "task", task: "a" };
    circle["images"] = [circle];
    expect(good).toContain(outcomeOf({ schemaVersion: 1, steps: [circle] }));
    const value: Record<string, unknown> = {};
    value["self"] = value;
    const action = { kind: "action", number: 1, startedAt: 0, durationMs: 0, modelDurationMs: 0 };
    expect(good).toContain(outcomeOf({ schemaVersion: 1, steps: [{ ...action, finalAnswer: { value } }] }));
  });
});

describe("the conversation of a memory", () => {
  it("is that of its steps as they are now, whatever was told before", () => {
    const change = fc.oneof(
      fc.record({ kind: fc.constant("observation" as const), at: fc.nat(), text: fc.string() }),
      fc.record({ kind: fc.constant("error" as const), at: fc.nat(), text: fc.string() }),
      fc.record({ kind: fc.constant("answer" as const), at: fc.nat(), text: fc.string() }),
      fc.record({ kind: fc.constant("remove" as const), at: fc.nat(), text: fc.string() }),
      fc.record({ kind: fc.constant("insert" as const), at: fc.nat(), text: fc.string() }),
      fc.record({ kind: fc.constant("system" as const), at: fc.nat(), text: fc.string() }),
    );
    fc.assert(
      fc.property(memoryArbitrary, fc.array(change, { maxLength: 6 }), (memory, changes) => {
        memory.toMessages();
        for (const { kind, at, text } of changes) {
          const index = memory.steps.length === 0 ? 0 : at % memory.steps.length;
          const step = memory.steps[index];
          if (kind === "remove") memory.steps.splice(index, 1);
          else if (kind === "insert") memory.steps.splice(index, 0, new TaskStep(text));
          else if (kind === "system") memory.setSystemPrompt(text);
          else if (step instanceof ActionStep) {
            if (kind === "observation") step.observation = text;
            else if (kind === "answer") for (const answer of step.answers) answer.text = text;
            else if (step.error) step.error.message = text;
            else step.error = { code: "X", message: text, endedRun: false };
          }
          expect(memory.toMessages()).toEqual(Memory.fromJSON(memory.toJSON()).toMessages());
        }
      }),
      { numRuns: 60 },
    );
  });

  it("is a list of the reader's own", () => {
    const memory = new Memory();
    memory.add(new SystemPromptStep("S"));
    memory.add(new TaskStep("T"));
    memory.toMessages().length = 0;
    expect(memory.toMessages()).toHaveLength(2);
  });
});
