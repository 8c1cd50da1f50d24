import {
  ActionStep,
  type ImagePart,
  MediaRef,
  Memory,
  type MemoryStep,
  PlanningStep,
  type RecordedCall,
  type StepError,
  SummaryStep,
  SystemPromptStep,
  TaskStep,
} from "@smoltools/core";
import fc from "fast-check";

/** Ordinary objects: those without a prototype come back with one. */
const record = <Fields extends object>(model: {
  [Key in keyof Fields]: fc.Arbitrary<Fields[Key]>;
}): fc.Arbitrary<Fields> => fc.record<Fields>(model, { noNullPrototype: true });

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("", "\ud800", "$type", "</code>"));
const count = fc.nat(1_000_000);
const duration = fc.double({ min: 0, max: 1e9, noNaN: true });
const usage = record({ inputTokens: count, outputTokens: count });
const mediaType = fc.constantFrom("image/png", "audio/wav", "video/mp4", "application/pdf");

/** Media with its bytes, or an address, and perhaps a name. */
export const media: fc.Arbitrary<MediaRef> = record({
  mediaType,
  name: fc.option(text, { nil: undefined }),
  bytes: fc.option(fc.uint8Array(), { nil: undefined }),
}).map(({ bytes, name, mediaType: type }) => {
  const options = { mediaType: type, ...(name !== undefined && { name }) };
  return bytes ? MediaRef.fromBytes(bytes, options) : MediaRef.fromUrl("https://example.org/a%20b?c=d", options);
});

/** Everything that an exported memory can hold as the input of a call or as an answer. */
export const memoryValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.double(),
    fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 2 ** 53, null, undefined, true, false),
    fc.bigInt(),
    fc.date({ noInvalidDate: false }),
    fc.uint8Array(),
    media,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom("$type", "value", "__proto__", "constructor")), tie("value"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    record({ $type: fc.constantFrom("date", "map", "set", "object", "undefined", "none"), value: tie("value") }),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => new Set(items)),
  ),
})).value;

const image: fc.Arbitrary<ImagePart> = fc.oneof(
  record({ type: fc.constant("image" as const), mediaType, data: fc.base64String() }),
  record({ type: fc.constant("image" as const), mediaType, url: fc.webUrl() }),
);
const error: fc.Arbitrary<StepError> = record({ code: text, message: text, endedRun: fc.boolean() });

const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const asking = { durationMs: duration, modelId: optional(text), usage: optional(usage) };

const system = text.map((prompt) => new SystemPromptStep(prompt));
const task = fc
  .tuple(text, fc.array(image, { maxLength: 2 }), fc.array(text, { maxLength: 2 }))
  .map(([given, images, notes]) => new TaskStep(given, images, notes));
const planning = record({ ...asking, plan: optional(text), reasoning: optional(text), error: optional(error) }).chain(
  (fields) => fc.tuple(count, count).map((made) => Object.assign(new PlanningStep(...made), fields)),
);
const summary = record(asking).chain((fields) =>
  fc.tuple(fc.nat(8), text, count).map((made) => Object.assign(new SummaryStep(...made), fields)),
);

/** One step of any kind, with runs of managed agents up to this depth. */
function stepArbitrary(depth: number): fc.Arbitrary<MemoryStep> {
  return fc.oneof(system, task, planning, summary, { weight: 4, arbitrary: actionArbitrary(depth) });
}

function actionArbitrary(depth: number): fc.Arbitrary<ActionStep> {
  return record({
    ...asking,
    modelDurationMs: duration,
    modelOutput: optional(text),
    reasoning: optional(text),
    code: optional(text),
    observation: optional(text),
    modelCalls: fc.array(record({ id: text, name: text, arguments: text }), { maxLength: 3 }),
    answers: fc.array(record({ text, isError: fc.boolean() }), { maxLength: 3 }),
    toolCalls: fc.array(callArbitrary(depth), { maxLength: 2 }),
    images: fc.array(image, { maxLength: 2 }),
    error: optional(error),
    finalAnswer: optional(record({ value: memoryValue })),
  }).chain((fields) => fc.tuple(count, count).map((made) => Object.assign(new ActionStep(...made), fields)));
}

function callArbitrary(depth: number): fc.Arbitrary<RecordedCall> {
  const base = { id: text, tool: text, input: memoryValue, durationMs: duration };
  if (depth === 0)
    return fc.record(
      { ...base, error: text },
      { requiredKeys: ["id", "tool", "input", "durationMs"], noNullPrototype: true },
    );
  const run = fc.record(
    { agent: text, steps: fc.array(stepArbitrary(depth - 1), { maxLength: 3 }), usage },
    { requiredKeys: ["agent", "steps"], noNullPrototype: true },
  );
  return fc.record(
    { ...base, error: text, run },
    { requiredKeys: ["id", "tool", "input", "durationMs"], noNullPrototype: true },
  );
}

/** A memory of random steps, in any order. */
export const memoryArbitrary: fc.Arbitrary<Memory> = fc.array(stepArbitrary(2), { maxLength: 8 }).map((steps) => {
  const memory = new Memory();
  for (const step of steps) memory.add(step);
  return memory;
});
