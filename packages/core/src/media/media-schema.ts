import type { JsonSchemaObject } from "../schema/json-schema.ts";
import type { MediaKind } from "./media-ref.ts";

/** JSON Schema of a `MediaRef` of one kind, for the input or output of a tool. */
export function mediaSchema(kind: MediaKind, description?: string): JsonSchemaObject {
  return {
    type: "object",
    ...(description !== undefined && { description }),
    properties: { kind: { const: kind }, mediaType: { type: "string" } },
    required: ["kind", "mediaType"],
  };
}
