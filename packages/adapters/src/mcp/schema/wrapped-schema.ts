import type { JsonSchema, JsonSchemaObject } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";
import { mapRefs, movedRef } from "../../shared/map-refs.ts";

/** The one property of a result that is no object by itself. */
export const wrappedKey = "result";

const inside = `#/properties/${wrappedKey}`;

/**
 * The schema of an object that holds a result as its one property: servers give no other results than objects.
 *
 * Source: MCP 2025-11-25, tools, "Output Schema".
 */
export function wrapSchema(schema: JsonSchema): JsonSchemaObject {
  if (typeof schema === "boolean") return wrapper({}, schema ? {} : { not: {} });
  const { $schema, $defs, definitions: older, ...rest } = mapRefs(schema, (ref) => movedRef(ref, inside));
  const around = {
    ...($schema !== undefined && { $schema }),
    ...($defs && { $defs }),
    ...(older && { definitions: older }),
  };
  return wrapper(around, rest);
}

/** What {@link wrapSchema} was given; `undefined` for a schema that it cannot have made. */
export function unwrapSchema(schema: JsonSchema): JsonSchema | undefined {
  if (typeof schema === "boolean" || !isRecord(schema.properties)) return undefined;
  const inner: unknown = schema.properties[wrappedKey];
  if (Object.keys(schema.properties).length !== 1 || !isRecord(inner)) return undefined;
  const { $schema, $defs, definitions: older } = schema;
  const whole: JsonSchemaObject = {
    ...($schema !== undefined && { $schema }),
    ...inner,
    ...($defs && { $defs }),
    ...(older && { definitions: older }),
  };
  return mapRefs(whole, (ref) =>
    ref === inside || ref.startsWith(`${inside}/`) ? `#${ref.slice(inside.length)}` : ref,
  );
}

function wrapper(around: JsonSchemaObject, inner: JsonSchemaObject): JsonSchemaObject {
  return { ...around, type: "object", properties: { [wrappedKey]: inner }, required: [wrappedKey] };
}
