import { Validator } from "@cfworker/json-schema";
import { SmoltoolsError } from "../errors/smoltools-error.ts";
import { errorMessage } from "../errors/error-message.ts";
import { explainMismatch } from "./explain-mismatch.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { SchemaFinding } from "./schema-finding.ts";

/** Checks JSON values against one schema. Made once, used often: compiling is the larger part of the cost. */
export class SchemaValidator {
  readonly schema: JsonSchema;
  readonly #validator: Validator;

  /**
   * @param schema - JSON Schema 2020-12; `format` is asserted.
   * @throws SmoltoolsError `SCHEMA_INVALID` when the schema cannot be compiled.
   */
  constructor(schema: JsonSchema) {
    this.schema = schema;
    try {
      this.#validator = new Validator(schema as ConstructorParameters<typeof Validator>[0], "2020-12", true);
    } catch (error) {
      throw new SmoltoolsError(`The schema cannot be used: ${errorMessage(error)}`, {
        code: "SCHEMA_INVALID",
        cause: error,
      });
    }
  }

  /**
   * Lists what is wrong with a value.
   *
   * @param value - A JSON value; keys whose value is `undefined` count as absent.
   * @returns An empty list when the value fits.
   */
  findings(value: unknown): SchemaFinding[] {
    const json = withoutUndefined(value);
    const { valid, errors } = this.#validator.validate(json);
    if (valid) return [];
    const explained = explainMismatch(this.schema, json);
    if (explained.length > 0) return explained;
    const last = errors.at(-1);
    return [{ path: "", expected: last?.error ?? "a value that fits the schema", received: "a value that does not" }];
  }
}

/** JSON has no `undefined`: an optional argument that is passed as `undefined` is one that is absent. */
function withoutUndefined(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
  const kept: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) kept.push([key, withoutUndefined(member)]);
  }
  return Object.fromEntries(kept);
}
