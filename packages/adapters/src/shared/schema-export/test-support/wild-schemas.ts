import { type JsonSchema, type ObjectSchema, SchemaValidator } from "@smoltools/core";
import fc from "fast-check";

const keys = fc.constantFrom("a", "b", "a-b", "x y", "constructor", "__proto__", "ключ", "");
const small = fc.nat({ max: 3 });
const scalar = fc.constantFrom(null, true, 0, 1.5, -2, "", "a", 'q"\\');
const refs = fc.constantFrom(
  "#",
  "#/properties/a",
  "#/$defs/Node",
  "#/$defs/my%20type~1x",
  "#/definitions/Old",
  "#nowhere",
);

function some(keywords: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  return fc.record(keywords, { requiredKeys: [] });
}

const { schema: anySchema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const schema = tie("schema");
  const list = fc.array(schema, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(keys, schema, { maxKeys: 3 });
  const docs = some({
    description: fc.constantFrom("Plain.", "two\nlines"),
    default: scalar,
    "x-ts": fc.constant("Date"),
  });
  const described = (keywords: fc.Arbitrary<object>): fc.Arbitrary<JsonSchema> =>
    fc.tuple(docs, keywords).map(([doc, rest]): JsonSchema => Object.assign(doc, rest));
  const types = fc.constantFrom("object", "array", "string", ["object", "null"], ["array", "string"], undefined);
  return {
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<JsonSchema[]>(true, false, {}, { type: "null" }, { type: ["integer", "null"] }, { enum: [] }),
      described(
        some({ type: fc.constant("string"), minLength: small, pattern: fc.constantFrom("^a", "^(?=a)"), format: keys }),
      ),
      described(some({ type: fc.constant("number"), minimum: small, multipleOf: fc.constant(0.5) })),
      described(fc.array(scalar, { maxLength: 3 }).map((values) => ({ enum: values }))),
      described(fc.oneof(scalar, fc.constant({ "a-b": [1, "x"] })).map((value) => ({ const: value }))),
      described(refs.map(($ref) => ({ $ref }))),
      described(
        fc
          .tuple(
            types,
            some({
              properties: map,
              required: fc.array(keys, { maxLength: 2 }),
              additionalProperties: schema,
              patternProperties: fc.constant({ "^x": true }),
              propertyNames: fc.constant({ maxLength: 3 }),
              minProperties: small,
              dependentRequired: fc.constant({ a: ["b"] }),
              items: schema,
              prefixItems: list,
              maxItems: small,
              uniqueItems: fc.boolean(),
              contains: schema,
            }),
          )
          .map(([type, rest]) => (type === undefined ? rest : Object.assign({ type }, rest))),
      ),
      described(
        some({
          anyOf: list,
          oneOf: list,
          allOf: list,
          not: schema,
          $ref: refs,
          type: types.filter((type) => type !== undefined),
          properties: map,
        }),
      ),
      list.map((branches): JsonSchema => ({ type: "object", anyOf: branches.map(() => ({ required: ["a"] })) })),
    ),
  };
});

/** Inputs as strangers write them: every keyword in every place. */
export const wildInput: fc.Arbitrary<ObjectSchema> = fc
  .record({
    a: anySchema,
    others: fc.dictionary(keys, anySchema, { maxKeys: 3 }),
    required: fc.array(keys, { maxLength: 2 }),
    rest: fc.oneof(
      some({ additionalProperties: anySchema }),
      some({ anyOf: fc.array(anySchema, { minLength: 1, maxLength: 2 }), not: anySchema }),
    ),
    $defs: fc.record({ Node: anySchema, "my type/x": anySchema }),
    old: anySchema,
  })
  .map(({ a, others, required, rest, $defs, old }): ObjectSchema => {
    const properties = Object.assign(others, { a });
    return Object.assign({ type: "object" as const, properties, required, $defs, definitions: { Old: old } }, rest);
  })
  .filter(isUsable);

/** References that lead nowhere or in a circle are refused by the tool itself. */
function isUsable(schema: ObjectSchema): boolean {
  try {
    return new SchemaValidator(schema) instanceof SchemaValidator;
  } catch {
    return false;
  }
}
