import { compileSchema, type CompiledSchema } from "./compile-schema.ts";
import { Evaluation, TooMuchWork } from "./evaluation.ts";
import { Findings } from "./findings.ts";
import { jsonCopy } from "./json-copy.ts";
import type { JsonSchema } from "../json-schema.ts";
import { pathText } from "./place.ts";
import type { SchemaFinding } from "../schema-finding.ts";
import { shownValue } from "./shown-value.ts";

/** Most findings that are gathered for one value. */
const maxFindings = 50;

/** Steps that checking a value may take, and for each part of the value. */
const maxSteps = 1_000_000;
const maxStepsPerPart = 50;

/** Checks JSON values against one schema. Made once, used often: compiling is the larger part of the cost. */
export class SchemaValidator {
  readonly schema: JsonSchema;
  readonly #compiled: CompiledSchema;

  /**
   * @param schema - JSON Schema 2020-12; `format` is asserted. References lead into the schema itself.
   * @throws SmoltoolsError `SCHEMA_INVALID` when the schema cannot be used: a keyword with a wrong value, a reference
   *   that leads nowhere or in a circle, a pattern that is none or takes exponential time, too many schemas.
   */
  constructor(schema: JsonSchema) {
    this.schema = schema;
    this.#compiled = compileSchema(schema);
  }

  /**
   * Lists what is wrong with a value. Never throws, and takes bounded time but for patterns on long texts.
   *
   * @param value - A JSON value; keys whose value is `undefined` count as absent.
   * @returns An empty list when the value fits.
   */
  findings(value: unknown): SchemaFinding[] {
    const copy = jsonCopy(value);
    if (copy.problem) {
      const { path, expected, value: wrong } = copy.problem;
      return [{ path: pathText(path), expected, received: shownValue(wrong) }];
    }
    const findings = new Findings(maxFindings, true);
    try {
      const evaluation = new Evaluation(this.#compiled, maxSteps + maxStepsPerPart * copy.parts);
      evaluation.visit(this.#compiled.root, copy.json, undefined, findings);
    } catch (error) {
      // A stack that is too small for the nesting of the value counts as too much work.
      if (!(error instanceof TooMuchWork) && !(error instanceof RangeError)) throw error;
      if (!findings.any) {
        return [
          { path: "", expected: "a value that can be checked in reasonable time", received: shownValue(copy.json) },
        ];
      }
    }
    return findings.list;
  }
}
