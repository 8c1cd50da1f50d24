import { describe, expect, it } from "vitest";
import { type ImagePart, textMessage } from "../../messages/message.ts";
import { ActionStep } from "../action-step.ts";
import { MemoryError } from "../memory-error.ts";
import { Memory } from "../memory.ts";
import type { RecordedCall } from "../recorded-call.ts";
import type { MemoryStep } from "../step.ts";
import { TaskStep } from "../task-step.ts";

function memoryOf(...steps: readonly MemoryStep[]): Memory {
  const memory = new Memory();
  for (const step of steps) memory.add(step);
  return memory;
}

const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
};

const answering = (value: unknown): Memory => {
  const memory = new Memory();
  memory.add(Object.assign(new ActionStep(1), { finalAnswer: { value } }));
  return memory;
};

const wraps: [string, (inner: unknown) => unknown][] = [
  ["lists", (inner) => [inner]],
  ["objects", (inner) => ({ inner })],
  ["objects with a mark", (inner) => ({ $type: "x", inner })],
  ["maps", (inner) => new Map([["key", inner]])],
  ["sets", (inner) => new Set([inner])],
];

/** A step with a run of a managed agent in it, and in that another one. */
function runWithin(runs: number, input: unknown): ActionStep {
  const run = runs > 0 ? { run: { agent: "a", steps: [runWithin(runs - 1, input)] } } : {};
  const call: RecordedCall = { id: "c", tool: "t", input, durationMs: 0, ...run };
  return Object.assign(new ActionStep(1), { toolCalls: [call], images: [], answers: [] });
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** What comes of an export that is imported again. */
function outcomeOf(memory: Memory): string {
  const error = thrownBy(() => memory.toJSON());
  if (error) return error instanceof MemoryError ? error.code : String(error);
  const text = JSON.stringify(memory);
  return JSON.stringify(Memory.fromJSON(JSON.parse(text))) === text ? "the same" : "another";
}

describe("an exported memory", () => {
  it.each(wraps)("can be imported again however deep its %s are, or is refused", (_title, wrap) => {
    const outcomes = [1, 10, 30, 60, 62, 63, 64, 90, 94, 95, 96, 150, 188, 189, 190, 191, 250, 255, 256, 300]
      .flatMap((levels) => [answering(nested(levels, wrap)), memoryOf(runWithin(10, nested(levels, wrap)))])
      .map(outcomeOf);
    expect(new Set(outcomes)).toEqual(new Set(["the same", "MEMORY_NOT_SERIALIZABLE"]));
  });

  it.each(wraps)("with 6,000 levels of %s is refused by a MemoryError that says where", (_title, wrap) => {
    const refusal = thrownBy(() => answering(nested(6_000, wrap)).toJSON());
    expect(refusal).toBeInstanceOf(MemoryError);
    expect(refusal).toMatchObject({ code: "MEMORY_NOT_SERIALIZABLE" });
    expect((refusal as Error).message).toMatch(/steps\/0\/finalAnswer.* more than 190 levels/);
    expect((refusal as Error).message.length).toBeLessThan(400);
  });

  it("with very many runs within each other is refused by a MemoryError", () => {
    const refusal = thrownBy(() => memoryOf(runWithin(2_000, 1)).toJSON());
    expect(refusal).toMatchObject({ code: "MEMORY_NOT_SERIALIZABLE" });
    expect((refusal as Error).message).toContain("more than 10 runs");
  });

  it("of a step of an own class is refused by a MemoryError that says where", () => {
    const own: MemoryStep = { kind: "task", toMessages: () => [textMessage("user", "Hi.")] };
    const refusal = thrownBy(() => memoryOf(new TaskStep("a"), own).toJSON());
    expect(refusal).toMatchObject({ code: "MEMORY_NOT_SERIALIZABLE", data: { path: "steps/1" } });
    expect((refusal as Error).message).toContain('steps/1 is a step of the kind "task"');
  });

  it("that is a text is refused with the advice to parse it", () => {
    const refusal = thrownBy(() => Memory.fromJSON(JSON.stringify(new Memory())));
    expect(refusal).toMatchObject({ code: "MEMORY_INVALID" });
    expect((refusal as Error).message).toContain("parse it first, with JSON.parse");
  });

  it("leaves out what callers put in besides, and can be imported again", () => {
    const image = { type: "image", mediaType: "image/png", detail: "high" } as ImagePart;
    const usage = { inputTokens: 1, outputTokens: 2, cachedTokens: 3 };
    const step = Object.assign(new ActionStep(1), {
      usage,
      images: [image],
      error: { code: "X", message: "m", endedRun: false, stack: "s" },
      modelCalls: [{ id: "1", name: "n", arguments: "{}", index: 0 }],
      answers: [{ text: "t", isError: false, more: 1 }],
    });
    const memory = memoryOf(new TaskStep("a", [image]), step);
    const copy = Memory.fromJSON(JSON.parse(JSON.stringify(memory)));
    expect(copy.steps[0]).toMatchObject({ images: [{ type: "image", mediaType: "image/png" }] });
    expect(copy.steps[1]).toMatchObject({ usage: { inputTokens: 1, outputTokens: 2 } });
  });
});
