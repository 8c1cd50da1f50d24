import { readFileSync } from "node:fs";
import { type JsonSchemaObject, type ObjectSchema, SchemaValidator } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exporters } from "./test-support/exporters.ts";
import { sampleOf } from "./test-support/sample-of.ts";
import { inputCase } from "./test-support/written-cases.ts";

const twenty: { name: string; inputSchema: ObjectSchema }[] = JSON.parse(
  readFileSync(new URL("../../../../../fixtures/derive/twenty-tools.json", import.meta.url), "utf8"),
);

describe.each(exporters)("an input written for %s", (provider, exported) => {
  it("fits the schema that the provider is told, and comes back as it was", () => {
    fc.assert(
      fc.property(inputCase, (one) => {
        expect(new SchemaValidator(one.schema).findings(one.value)).toEqual([]);
        const { schema, decode } = exported(one.schema);
        const written = one[provider];
        expect([schema, new SchemaValidator(schema).findings(written)]).toEqual([schema, []]);
        expect(decode(written)).toEqual(one.value);
        expect(decode(JSON.stringify(written))).toEqual(one.value);
      }),
      { numRuns: 400 },
    );
  });

  it("is right whatever the model writes that fits what the provider is told", () => {
    fc.assert(
      fc.property(inputCase, fc.noShrink(fc.nat()), (one, seed) => {
        const { schema, decode } = exported(one.schema);
        // The types of positions, and of texts of JSON, are told in words.
        fc.pre(!/Order: .*, |JSON text of the type/.test(JSON.stringify(schema)));
        for (const written of fc.sample(sampleOf(schema, schema), { numRuns: 3, seed })) {
          const input = decode(written);
          expect({ schema, written, input, findings: new SchemaValidator(one.schema).findings(input) }).toMatchObject({
            findings: [],
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["comes back as it was", "b"],
    ["stays as it is where something in it is wrong", "c"],
  ])("of a type that contains itself, and many of itself, %s", (_, innermost) => {
    const link = (kind: string): JsonSchemaObject => ({
      type: "object",
      properties: { kind: { const: kind }, next: { anyOf: [{ $ref: "#/$defs/link" }, { type: "null" }] } },
      required: ["kind", "next"],
      additionalProperties: false,
    });
    const { decode } = exported({
      type: "object",
      properties: { chain: { $ref: "#/$defs/link" } },
      required: ["chain"],
      additionalProperties: false,
      $defs: { link: { anyOf: [link("a"), link("b")] } },
    });
    let chain: object | null = { kind: innermost, next: null };
    for (let length = 1; length < 18; length++) chain = { kind: "b", next: chain };
    expect(decode({ chain })).toEqual({ chain });
  });

  it.each(twenty.map(({ name, inputSchema }) => [name, inputSchema] as const))("is right for %s", (_, inputSchema) => {
    const { schema, decode } = exported(inputSchema);
    const validator = new SchemaValidator(inputSchema);
    for (const written of fc.sample(sampleOf(schema, schema), 50)) {
      const input = decode(written);
      expect({ written, input, findings: validator.findings(input) }).toMatchObject({ findings: [] });
    }
  });
});
