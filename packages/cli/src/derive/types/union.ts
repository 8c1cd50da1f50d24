import { canonicalJson, type JsonSchemaObject, type JsonSchemaTypeName } from "@smoltools/core";
import type { TypeView } from "../engine/port.ts";
import type { Derivation, Spot } from "./derivation.ts";
import { literalSchema } from "./literal.ts";
import { refuseType } from "./refuse-type.ts";

/**
 * The schema of a union: one `enum` of its literals, one `type` list of plain types, else `anyOf`. Never `oneOf`,
 * which OpenAI's strict mode refuses. `null` goes last; `undefined` is what the spot says.
 */
export function unionSchema(
  type: TypeView,
  members: readonly TypeView[],
  spot: Spot,
  derivation: Derivation,
): JsonSchemaObject {
  const { undefinedIs, mayStream: _, ...inner } = spot;
  const literals: (string | number | boolean)[] = [];
  const branches: JsonSchemaObject[] = [];
  let literalIndex = 0;
  let hasNull = false;
  for (const member of members) {
    const { shape } = member;
    if (shape.kind === "nothing") {
      if (undefinedIs === "null") hasNull = true;
      else if (undefinedIs === undefined) {
        refuseType(
          "E_UNSUPPORTED",
          type,
          spot,
          derivation,
          "may be undefined, which JSON does not have",
          "use null instead",
        );
      }
    } else if (shape.kind === "null") hasNull = true;
    else if (shape.kind === "literal" && member.docs.length === 0) {
      if (literals.length === 0) literalIndex = branches.length;
      literals.push(shape.value);
    } else branches.push(derivation.schemaOf(member, inner));
  }
  if (branches.length === 0) return literalSchema(hasNull ? [...literals, null] : literals);
  if (literals.length > 0) branches.splice(literalIndex, 0, literalSchema(literals));
  if (hasNull) branches.push({ type: "null" });
  return joined(distinct(branches));
}

function joined(branches: JsonSchemaObject[]): JsonSchemaObject {
  const [only] = branches;
  if (branches.length === 1 && only) return only;
  const types = branches.map(plainType);
  return types.every((name) => name !== undefined) ? { type: types } : { anyOf: branches };
}

/** The type of a schema that says nothing else. */
function plainType(schema: JsonSchemaObject): JsonSchemaTypeName | undefined {
  return typeof schema.type === "string" && Object.keys(schema).length === 1 ? schema.type : undefined;
}

function distinct(branches: JsonSchemaObject[]): JsonSchemaObject[] {
  return [...new Map(branches.map((branch) => [canonicalJson(branch), branch])).values()];
}
