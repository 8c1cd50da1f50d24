import type { JsonSchema, JsonSchemaObject, ObjectSchema } from "@smoltools/core";
import fc from "fast-check";

/** How a value of a schema is written for each provider. Made together with the schema, not by the code under test. */
export interface Written {
  value: unknown;
  openai: unknown;
  anthropic: unknown;
  gemini: unknown;
}

/** A schema with one of its values. */
export interface Case extends Written {
  schema: JsonSchema;
}

const providers = ["value", "openai", "anthropic", "gemini"] as const;
const keys = fc.constantFrom("a", "b", "c", "some_name", "constructor", "__proto__");
const texts = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("null", "{}", '{"a":1}', "[]", "true", "1"));
const anyJson = fc
  .jsonValue({ maxDepth: 2, noUnicodeString: true })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const anyObject = fc.dictionary(keys, anyJson, { maxKeys: 3 });

const same = (schema: JsonSchema, values: fc.Arbitrary<unknown>): fc.Arbitrary<Case> =>
  values.map((value) => ({ schema, value, openai: value, anthropic: value, gemini: value }));

function caseOf(schema: JsonSchema, written: Written): Case {
  return { ...written, schema };
}

/** Each provider's form of something made of parts. */
function each(make: (as: (part: Written) => unknown, provider: keyof Written) => unknown): Written {
  const made = providers.map((provider) => [provider, make((part) => part[provider], provider)]);
  return Object.fromEntries(made) as unknown as Written;
}

/** What strict modes write as JSON text and Gemini as it is. */
const asText = (schema: JsonSchema, values: fc.Arbitrary<unknown>): fc.Arbitrary<Case> =>
  values.map((value) => {
    const text = JSON.stringify(value);
    return { schema, value, openai: text, anthropic: text, gemini: value };
  });

const scalars: fc.Arbitrary<Case>[] = [
  same({ type: "string", minLength: 0, maxLength: 8, default: "x" }, texts),
  same({ type: "string", pattern: "^[a-z]*$", description: "Lower case." }, fc.stringMatching(/^[a-z]{0,4}$/)),
  same({ type: "string", format: "date-time", "x-ts": "Date" }, fc.constant("2026-01-02T03:04:05Z")),
  same({ type: "number", minimum: -5, exclusiveMaximum: 100 }, fc.integer({ min: -5, max: 99 })),
  same(
    { type: "integer", multipleOf: 2 },
    fc.nat({ max: 50 }).map((half) => half * 2),
  ),
  same({ type: "boolean" }, fc.boolean()),
  same({ type: ["string", "null"] }, fc.option(texts)),
  same({ type: "string", enum: ["zed", "abc"] }, fc.constantFrom("zed", "abc")),
  same(
    { type: ["string", "number", "boolean", "null"], enum: ["x", 1, true, null] },
    fc.constantFrom("x", 1, true, null),
  ),
  same({ type: "string", const: "only" }, fc.constant("only")),
  same({ const: 7 }, fc.constant(7)),
  fc.constantFrom({ a: 1 }, [1, "x"]).map((value): Case => {
    const text = JSON.stringify(value);
    return { schema: { enum: [{ a: 1 }, [1, "x"]] }, value, openai: text, anthropic: text, gemini: text };
  }),
];

/** Kinds of values that are told apart by their types in each form. */
const distinctKinds: [string, fc.Arbitrary<Case>][] = [
  ["text", same({ type: "string" }, texts)],
  ["number", same({ type: "number" }, fc.integer())],
  ["null", same({ type: "null" }, fc.constant(null))],
  ["list", same({ type: "array", items: { type: "number" } }, fc.array(fc.integer(), { maxLength: 3 }))],
  [
    "object",
    same(
      {
        type: "object",
        properties: { kind: { type: "string", const: "k" } },
        required: ["kind"],
        additionalProperties: false,
      },
      fc.constant({ kind: "k" }),
    ),
  ],
];

const { any: anyCase } = fc.letrec<{ any: Case }>((tie) => {
  const part = tie("any");
  const list = fc.array(part, { minLength: 1, maxLength: 3 });
  return {
    any: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.oneof(...scalars),
      asText({}, anyJson),
      asText({ type: "object" }, anyObject),
      asText({ type: "object", additionalProperties: true }, anyObject),
      listOf(part),
      list.map(tuple),
      recordOf(part),
      fc
        .array(fc.tuple(keys, part, fc.constantFrom("required", "given", "absent")), { maxLength: 4 })
        .map(closedObject),
      part.map(withIndex),
      fc.subarray(distinctKinds, { minLength: 1 }).chain((kinds) => choice(kinds.map(([, made]) => made))),
      part.map((of) => caseOf({ allOf: [of.schema], description: "One of one." }, of)),
    ),
  };
});

function choice(kinds: readonly fc.Arbitrary<Case>[]): fc.Arbitrary<Case> {
  return fc.tuple(fc.tuple(...kinds), fc.nat({ max: kinds.length - 1 })).map(([cases, chosen]) => {
    const schema = { anyOf: cases.map((one) => one.schema) };
    const one = cases[chosen];
    if (!one) throw new RangeError("a choice of nothing");
    return caseOf(schema, one);
  });
}

function listOf(part: fc.Arbitrary<Case>): fc.Arbitrary<Case> {
  return fc.tuple(part, fc.nat({ max: 3 })).map(([of, length]) => {
    const schema: JsonSchema = { type: "array", items: of.schema };
    return caseOf(
      schema,
      each((as) => Array.from({ length }, () => as(of))),
    );
  });
}

function tuple(parts: readonly Case[]): Case {
  const schema: JsonSchemaObject = {
    type: "array",
    prefixItems: parts.map((part) => part.schema),
    items: false,
    minItems: parts.length,
    maxItems: parts.length,
  };
  return { schema, ...each((as) => parts.map(as)) };
}

function recordOf(part: fc.Arbitrary<Case>): fc.Arbitrary<Case> {
  return fc.tuple(part, fc.uniqueArray(keys, { maxLength: 3 })).map(([of, names]) => {
    const isFree = typeof of.schema === "object" && Object.keys(of.schema).length === 0;
    const schema: JsonSchema = { type: "object", additionalProperties: of.schema };
    const written = each((as, provider) => {
      const native = Object.fromEntries(names.map((name) => [name, as(of)]));
      if (provider === "value" || provider === "gemini") return native;
      if (isFree) return JSON.stringify(Object.fromEntries(names.map((name) => [name, of.value])));
      return names.map((name) => ({ key: name, value: as(of) }));
    });
    return caseOf(schema, written);
  });
}

function closedObject(members: readonly (readonly [string, Case, string])[]): Case & { schema: ObjectSchema } {
  const distinct = [...new Map(members.map((member) => [member[0], member])).values()];
  const required = distinct.filter(([, , presence]) => presence === "required").map(([name]) => name);
  const schema: ObjectSchema = {
    type: "object",
    properties: Object.fromEntries(distinct.map(([name, { schema: of }]) => [name, of])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  const written = each((as, provider) => {
    const entries = distinct.flatMap(([name, of, presence]): [string, unknown][] => {
      if (presence !== "absent" && of.value !== null) return [[name, as(of)]];
      // Where `null` is a value of its own, nothing tells that the property was left out: it is always given here.
      if (presence === "required" || acceptsNull(of.schema)) return [[name, as(of)]];
      return provider === "openai" ? [[name, null]] : [];
    });
    return Object.fromEntries(entries);
  });
  return { schema, ...written };
}

function acceptsNull(schema: JsonSchema): boolean {
  if (typeof schema === "boolean") return schema;
  if (schema.allOf) return schema.allOf.every(acceptsNull);
  if (schema.anyOf) return schema.anyOf.some(acceptsNull);
  if (schema.enum) return schema.enum.includes(null);
  if (schema.const !== undefined) return false;
  return schema.type === undefined || [schema.type].flat().includes("null");
}

/** A known key and others of one schema: JSON text in strict modes. */
function withIndex(of: Case): Case {
  const schema: JsonSchemaObject = {
    type: "object",
    properties: { known: of.schema },
    required: ["known"],
    additionalProperties: of.schema,
  };
  const native = { known: of.value, other: of.value };
  const text = JSON.stringify(native);
  return { schema, value: native, openai: text, anthropic: text, gemini: { known: of.gemini, other: of.gemini } };
}

/** The input of a tool with one value of it. */
export const inputCase: fc.Arbitrary<Case & { schema: ObjectSchema }> = fc
  .array(fc.tuple(keys, anyCase, fc.constantFrom("required", "given", "absent")), { minLength: 1, maxLength: 4 })
  .map(closedObject);
