import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSmoltoolsError } from "../errors/smoltools-error.ts";
import { renderDeclarations } from "../tool/declarations/render-declarations.ts";
import type { JsonSchema, JsonSchemaObject, ObjectSchema } from "./json-schema.ts";
import { SchemaValidator } from "./validation/schema-validator.ts";

const keys = fc.constantFrom("a", "b", "in", "default", "a-b", "constructor", "ключ", "x y", "");
const definitionNames = ["Node", "Record", "Promise", "string", "my-type/~x", "Date", "in", "0"] as const;
const refs = fc.constantFrom(
  "#",
  "#/properties/a",
  "#/definitions/Old",
  ...definitionNames.map((name) => `#/$defs/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`),
);
const description = fc.constantFrom(undefined, "Plain.", "ends */ here", "two\nlines", "a\u2028b // ( {", "`${x}`");
const small = fc.nat({ max: 3 });
const scalar = fc.constantFrom(null, true, 0, 1, 1.5, -2, "", "a", "ab", 'q"\\', "a\u2028b");

/** Leaves out what is `undefined`, so that keywords are there in some schemas and not in others. */
function some(keywords: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  return fc.record(keywords, { requiredKeys: [] });
}

function conditional(condition: JsonSchema, yes: JsonSchema, no: JsonSchema): JsonSchemaObject {
  const parts = [condition, yes, no];
  return Object.fromEntries(["if", "then", "else"].map((keyword, index) => [keyword, parts[index]]));
}

const { schema: anySchema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const schema = tie("schema");
  const list = fc.array(schema, { minLength: 1, maxLength: 3 });
  const map = fc.dictionary(keys, schema, { maxKeys: 3 });
  const docs = some({ description: description.filter((text) => text !== undefined), title: keys, default: scalar });
  const withDocs = (keywords: fc.Arbitrary<object>): fc.Arbitrary<JsonSchema> =>
    fc.tuple(docs, keywords).map(([doc, rest]): JsonSchemaObject => Object.assign(doc, rest));
  const type = (name: string, keywords: fc.Arbitrary<object>) =>
    withDocs(keywords.map((rest) => ({ type: name, ...rest })));
  return {
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<JsonSchema[]>(
        true,
        false,
        {},
        { type: "null" },
        { type: "boolean" },
        { type: ["integer", "null"] },
      ),
      type("string", some({ minLength: small, maxLength: small, pattern: fc.constantFrom("^a", "b$", "^\\w*$") })),
      type("number", some({ minimum: small, exclusiveMaximum: small, multipleOf: fc.constantFrom(0.5, 1, 2) })),
      withDocs(fc.array(scalar, { maxLength: 3 }).map((options) => ({ enum: options }))),
      withDocs(fc.oneof(scalar, fc.constant({ "a-b": [1, "x"] })).map((value) => ({ const: value }))),
      refs.map(($ref): JsonSchema => ({ $ref })),
      type(
        "object",
        some({
          properties: map,
          required: fc.array(keys, { maxLength: 2 }),
          additionalProperties: schema,
          patternProperties: schema.map((inner) => ({ "^[ab]": inner })),
          unevaluatedProperties: schema,
          propertyNames: fc.constant({ maxLength: 3 }),
          minProperties: small,
          dependentRequired: fc.constant({ a: ["b"] }),
          dependentSchemas: schema.map((inner) => ({ a: inner })),
        }),
      ),
      type(
        "array",
        some({
          items: schema,
          prefixItems: list,
          contains: schema,
          minContains: small,
          minItems: small,
          maxItems: small,
          uniqueItems: fc.boolean(),
          unevaluatedItems: schema,
        }),
      ),
      withDocs(some({ anyOf: list, oneOf: list, allOf: list, not: schema })),
      withDocs(fc.tuple(schema, schema, schema).map(([condition, yes, no]) => conditional(condition, yes, no))),
    ),
  };
});

const objectSchema: fc.Arbitrary<ObjectSchema> = fc
  .record({
    a: anySchema,
    others: fc.dictionary(keys, anySchema, { maxKeys: 3 }),
    required: fc.array(keys, { maxLength: 2 }),
    additionalProperties: fc.oneof(fc.constant(false), anySchema),
    defs: fc.tuple(...definitionNames.map(() => anySchema)),
    old: anySchema,
  })
  .map(({ a, others, required, additionalProperties, defs, old }) => ({
    type: "object" as const,
    properties: { ...others, a },
    required,
    additionalProperties,
    $defs: Object.fromEntries(definitionNames.map((name, index) => [name, defs[index] ?? true])),
    definitions: { Old: old },
  }))
  .filter(isUsable);

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 4 }),
  ),
}));

/** Definitions that refer to one another in a circle are refused, and that alone. */
function isUsable(schema: JsonSchema): boolean {
  try {
    return new SchemaValidator(schema) instanceof SchemaValidator;
  } catch (error) {
    if (isSmoltoolsError(error) && error.message.includes("refers to itself")) return false;
    throw error;
  }
}

describe("a random schema", () => {
  it("gets the verdict that another validator gives, and each refusal says something", () => {
    fc.assert(
      fc.property(objectSchema, fc.dictionary(keys, anyValue, { maxKeys: 4 }), anyValue, (schema, fields, value) => {
        const validator = new SchemaValidator(schema);
        const other = new Validator(structuredClone(schema) as ConstructorParameters<typeof Validator>[0], "2020-12");
        for (const candidate of [fields, { a: value }, value]) {
          const findings = validator.findings(candidate);
          expect(findings.length === 0).toBe(other.validate(structuredClone(candidate)).valid);
          for (const { expected, received } of findings) expect([expected, received]).not.toContain("");
        }
      }),
      { numRuns: 1500 },
    );
  }, 60_000);

  it("is printed as TypeScript that compiles", () => {
    // TypeScript has corners that no rule of its documentation tells; a new seed is a new search for one, and that is
    // work for a developer, not for whoever happens to run the tests.
    const seed = Number(process.env["DECLARATIONS_SEED"] ?? 20_260);
    const schemas = fc.sample(fc.tuple(objectSchema, objectSchema), { numRuns: 200, seed });
    const sources = schemas.map(([input, output], index) => {
      const tools = [
        { name: "first", description: "First.\n*/ x", inputSchema: input, outputSchema: output },
        {
          name: "second",
          description: "Second.",
          inputSchema: output,
          outputSchema: { ...input, description: "R.\n`" },
        },
      ];
      return `namespace case${index} {\n${renderDeclarations(tools).replaceAll(/^function /gm, "export declare function ")}\n}`;
    });
    expect(compile(sources.join("\n\n"))).toBe("");
  }, 60_000);
});

/** What the TypeScript compiler says of a module. */
function compile(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-declarations-"));
  try {
    const file = join(folder, "tools.ts");
    writeFileSync(file, `export {};\n${source}\n`);
    const bin = join(createRequire(import.meta.url).resolve("typescript/package.json"), "..", "bin", "tsc");
    const options = [
      "--noEmit",
      "--strict",
      "--ignoreConfig",
      "--target",
      "es2022",
      "--module",
      "esnext",
      "--types",
      "",
    ];
    execFileSync(process.execPath, [bin, ...options, file], { encoding: "utf8", stdio: "pipe", timeout: 60_000 });
    return "";
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    const lines = stdout?.split("\n").slice(0, 10).join("\n") || String(error);
    const line = Number(/tools\.ts\((\d+)/.exec(lines)?.[1]);
    return `${lines}\n${source
      .split("\n")
      .slice(line - 4, line)
      .join("\n")}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
