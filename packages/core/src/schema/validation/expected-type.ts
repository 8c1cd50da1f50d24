import type { JsonSchema } from "../json-schema.ts";
import { typeText } from "../typescript/type-text.ts";
import { shownSchema } from "./shown-value.ts";

/** A type as a message shows it. TypeScript's `number` would make a message such as "expected number, got 1.5". */
export function expectedType(schema: JsonSchema): string {
  return typeText(schema, { bare: true, integer: "a whole number" }).slice(0, 200);
}

/** The type of a union as a message shows it. */
export function unionText(branches: JsonSchema[]): string {
  const text = expectedType({ anyOf: branches });
  // Types in TypeScript say nothing of limits: then the schemas do.
  return text === "unknown" ? `a value that fits one of ${shownSchema(branches)}` : text;
}
