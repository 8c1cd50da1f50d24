import {
  type JsonSchema,
  type JsonSchemaObject,
  type JsonSchemaTypeName,
  type JsonValue,
  SchemaValidator,
} from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inputFindings, outputFindings } from "./schema-findings.ts";
import { opened } from "./schema-parts.ts";

const key = fc.constantFrom("a", "b", "ab", "constructor");
const scalar = fc.constantFrom<JsonValue[]>(null, true, 0, 1, 1.5, 2, -3, "", "a", "ab", "2026-01-02");
const small = fc.integer({ min: -2, max: 4 });
const size = fc.nat({ max: 3 });

function some(keywords: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  return fc.record(keywords, { requiredKeys: [] });
}

function conditional(condition: JsonSchema, yes: JsonSchema, no: JsonSchema): JsonSchemaObject {
  const parts = [condition, yes, no];
  return Object.fromEntries(["if", "then", "else"].map((keyword, index) => [keyword, parts[index]]));
}

/** Schemas of the kinds that tools have, and a few that they should not have. */
const { schema: anySchema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const schema = tie("schema");
  const branches = fc.array(schema, { minLength: 1, maxLength: 3 });
  const typed = (type: JsonSchemaTypeName, keywords: Record<string, fc.Arbitrary<unknown>>) =>
    some(keywords).map((rest): JsonSchema => Object.assign(rest, { type }));
  return {
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<JsonSchema[]>(true, false, {}, { type: ["string", "null"] }, { type: ["integer", "boolean"] }),
      fc.constant<JsonSchema>({ $ref: "#/$defs/T" }),
      typed("number", {
        minimum: small,
        exclusiveMinimum: small,
        maximum: small,
        multipleOf: fc.constantFrom(0.5, 1, 2, 3),
      }),
      typed("integer", { minimum: small, exclusiveMaximum: small, maximum: small, multipleOf: fc.constantFrom(1, 2) }),
      typed("string", {
        minLength: size,
        maxLength: size,
        pattern: fc.constantFrom("^a", "b$"),
        format: fc.constant("date"),
      }),
      typed("array", {
        items: schema,
        prefixItems: branches,
        minItems: size,
        maxItems: size,
        uniqueItems: fc.boolean(),
        contains: schema,
      }),
      typed("object", {
        properties: fc.dictionary(key, schema, { maxKeys: 3 }),
        required: fc.uniqueArray(key, { maxLength: 2 }),
        additionalProperties: schema,
        patternProperties: fc.dictionary(fc.constantFrom("^a", "b$"), schema, { maxKeys: 1 }),
        minProperties: size,
        maxProperties: size,
        propertyNames: fc.constantFrom({ maxLength: 1 }, { pattern: "^a" }),
        dependentRequired: fc.constantFrom({ a: ["b"] }),
        unevaluatedProperties: fc.constant(false),
      }),
      fc.array(scalar, { maxLength: 3 }).map((values): JsonSchema => ({ enum: values })),
      scalar.map((value): JsonSchema => ({ const: value })),
      branches.map((anyOf): JsonSchema => ({ anyOf })),
      branches.map((oneOf): JsonSchema => ({ oneOf })),
      branches.map((allOf): JsonSchema => ({ allOf })),
      schema.map((not): JsonSchema => ({ not })),
      fc.tuple(schema, schema).map(([a, b]): JsonSchema => ({ anyOf: [a], allOf: [b], type: "object" })),
      fc.tuple(schema, schema, schema).map(([a, b, c]): JsonSchema => conditional(a, b, c)),
    ),
  };
});

/** A schema with something recursive in its definitions. */
const rooted = (root: JsonSchema, definition: JsonSchema): JsonSchema =>
  typeof root === "boolean" ? root : { ...root, $defs: { T: { type: "object", properties: { a: definition } } } };

/** Changes of the kind that authors make: a part is replaced, a keyword added or dropped. */
const change = fc.record({ at: fc.nat(), how: fc.constantFrom("drop", "replace", "add"), other: anySchema });

function edited(schema: JsonSchema, { at, how, other }: { at: number; how: string; other: JsonSchema }): JsonSchema {
  if (typeof schema === "boolean") return other;
  const keywords = Object.keys(schema);
  const keyword = keywords[at % Math.max(keywords.length, 1)];
  if (keyword === undefined || how === "add") return { ...(typeof other === "object" ? other : {}), ...schema };
  if (how === "drop") return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
  const value: unknown = Reflect.get(schema, keyword);
  if (typeof value === "number") return { ...schema, [keyword]: value + (at % 2 === 0 ? 1 : -1) };
  if (keyword === "properties" && typeof value === "object") return { ...schema, properties: { ...value, a: other } };
  return typeof other === "object" ? { ...schema, ...other } : other;
}

const values = fc.oneof(
  scalar,
  fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      scalar,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 3 }),
    ),
  })).value,
);

function validator(schema: JsonSchema): SchemaValidator | undefined {
  try {
    return new SchemaValidator(schema);
  } catch {
    return undefined;
  }
}

const isMajor = ({ bump }: { bump: string }): boolean => bump === "major";

/** How many of the changes that were tried counted as compatible: a test of none would prove nothing. */
let compatible = 0;

describe("a change that is judged compatible", () => {
  const changes = fc
    .record({ root: anySchema, definition: anySchema, changes: fc.array(change, { minLength: 1, maxLength: 2 }) })
    .map(({ root, definition, changes: all }) => {
      const before = rooted(root, definition);
      const after = all.reduce<JsonSchema>(edited, before);
      return { before, after };
    });

  it("never rejects an input that the old schema accepted", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(changes, fc.array(values, { minLength: 20, maxLength: 40 }), ({ before, after }, inputs) => {
        const [was, is] = [validator(before), validator(after)];
        if (!was || !is || inputFindings(before, after, []).some(isMajor)) return;
        compatible++;
        const accepted = inputs.filter((input) => was.findings(input).length === 0);
        expect(accepted.flatMap((input) => is.findings(input))).toEqual([]);
      }),
      { numRuns: 4_000 },
    );
    expect(compatible).toBeGreaterThan(500);
  });

  it("never gives a result that a tolerant reader of the old schema would refuse", { timeout: 60_000 }, () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(changes, fc.array(values, { minLength: 20, maxLength: 40 }), ({ before, after }, results) => {
        const [was, is] = [validator(opened(before)), validator(after)];
        if (!was || !is || outputFindings(before, after, []).some(isMajor)) return;
        const given = results.filter((result) => is.findings(result).length === 0);
        expect(given.flatMap((result) => was.findings(result))).toEqual([]);
      }),
      { numRuns: 4_000 },
    );
  });

  it("is none when a schema is compared with itself", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(anySchema, anySchema, (root, definition) => {
        const schema = rooted(root, definition);
        const copy = JSON.parse(JSON.stringify(schema)) as JsonSchema;
        fc.pre(validator(schema) !== undefined);
        expect(inputFindings(schema, copy, [])).toEqual([]);
      }),
    );
  });
});
