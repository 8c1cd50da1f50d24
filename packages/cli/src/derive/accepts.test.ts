import { type JsonSchema, SchemaValidator } from "@smoltools/core";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { anyType, near, sourceOf } from "../../../../fixtures/derive/random-types.ts";
import { type DerivedTool, deriveSource, type Problem } from "./index.ts";

describe("the schema of a random type", () => {
  const seed = Number(process.env["ACCEPTS_SEED"] ?? 20_261);
  const types = fc.sample(anyType, { numRuns: Number(process.env["ACCEPTS_RUNS"] ?? 250), seed });
  let tools: DerivedTool[] = [];
  let problems: Problem[] = [];

  beforeAll(async () => {
    ({ tools, problems } = await deriveSource(sourceOf(types), { fileName: "types.ts" }));
  });

  /** Where a schema says something else of a value than the type does. */
  function disagreements(schemaOf: (tool: DerivedTool) => JsonSchema): unknown[] {
    return tools.flatMap((tool) => {
      const type = types[Number(tool.exportName.slice(1))];
      if (!type) throw new RangeError(`there is no type of ${tool.exportName}`);
      const schema = schemaOf(tool);
      const validator = new SchemaValidator(schema);
      return [type.value, ...near(type.value)]
        .map((value) => ({ value, isFit: type.accepts(value), findings: validator.findings(value) }))
        .filter(({ isFit, findings }) => isFit !== (findings.length === 0))
        .map(({ value, isFit, findings }) => ({ type: sourceOf([type]), schema, value, isFit, findings }));
    });
  }

  it("can be derived", () => {
    expect(problems).toEqual([]);
    expect(tools).toHaveLength(types.length);
  });

  it("says of parameters what the type says", () => {
    const wrong = disagreements(({ inputSchema: { properties = {}, $defs } }) => {
      const schema = properties["value"] ?? false;
      return typeof schema === "object" && $defs ? { ...schema, $defs } : schema;
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it("says of results what the type says", () => {
    expect(disagreements(({ outputSchema = true }) => outputSchema).slice(0, 3)).toEqual([]);
  });

  it("is held against values that fit and values that do not", () => {
    const verdicts = types.flatMap((type) => near(type.value).map((value) => type.accepts(value)));
    expect(verdicts.filter((isFit) => isFit).length).toBeGreaterThan(types.length);
    expect(verdicts.filter((isFit) => !isFit).length).toBeGreaterThan(types.length);
    expect(types.filter((type) => !type.accepts(type.value))).toEqual([]);
  });
});
