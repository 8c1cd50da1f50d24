import type { JsonSchema } from "@smoltools/core";
import type { SmolagentsInput } from "./smolagents-schema.ts";

/** What a tool says of itself. */
export interface SmolagentsDeclaration {
  name: string;
  description: string;
  /** Its inputs, in order. */
  inputs: Readonly<Record<string, SmolagentsInput>>;
  /** One of `string`, `boolean`, `integer`, `number`, `image`, `audio`, `array`, `object`, `any` and `null`. */
  outputType: string;
  outputSchema?: JsonSchema;
}

/** Whether a value that came out of a sandbox is a declaration. */
export function isDeclaration(value: unknown): value is SmolagentsDeclaration {
  if (typeof value !== "object" || value === null) return false;
  const { name, description, inputs, outputType, outputSchema = {} } = value as Partial<SmolagentsDeclaration>;
  return (
    [name, description, outputType].every((text) => typeof text === "string") &&
    typeof outputSchema === "object" &&
    typeof inputs === "object" &&
    inputs !== null &&
    Object.values(inputs).every(isInput)
  );
}

function isInput(value: unknown): value is SmolagentsInput {
  if (typeof value !== "object" || value === null) return false;
  const { type, description } = value as Partial<SmolagentsInput>;
  return typeof description === "string" && [type].flat().every((one) => typeof one === "string");
}
