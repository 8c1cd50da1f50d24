import { canonicalJson, type JsonSchemaObject, type JsonSchemaTypeName } from "@smoltools/core";
import type { TypeView } from "../../engine/port.ts";
import type { Derivation, Spot } from "../derivation.ts";
import { literalSchema } from "./literal.ts";
import { isNothing, mayLeaveOutMember, warnLeftOut } from "../survey/left-out.ts";
import { refuseType } from "../survey/refuse-type.ts";
import { mayBeUndefined } from "./simple.ts";

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
  // What is left of an intersection with a union: a member that nothing belongs to.
  let hasNever = false;
  for (const member of carriedMembers(type, members, spot, derivation)) {
    const { shape } = member;
    if (shape.kind === "nothing") {
      if (undefinedIs === "null") hasNull = true;
      else if (undefinedIs === undefined) refuseType(mayBeUndefined, type, spot, derivation);
    } else if (shape.kind === "never") hasNever = true;
    else if (shape.kind === "null") hasNull = true;
    else if (shape.kind === "literal" && member.docs.length === 0) {
      if (literals.length === 0) literalIndex = branches.length;
      literals.push(shape.value);
    } else branches.push(derivation.schemaOf(member, inner));
  }
  if (branches.length === 0 && literals.length === 0) {
    if (hasNull) return { type: "null" };
    return hasNever ? { not: {} } : refuseType(mayBeUndefined, type, spot, derivation);
  }
  if (branches.length === 0) return literalSchema(hasNull ? [...literals, null] : literals);
  if (literals.length > 0) branches.splice(literalIndex, 0, literalSchema(literals));
  if (hasNull) branches.push({ type: "null" });
  return joined(distinct(branches));
}

/** The members without those of a package's union that JSON cannot carry, where others are left. */
function carriedMembers(
  type: TypeView,
  members: readonly TypeView[],
  spot: Spot,
  derivation: Derivation,
): readonly TypeView[] {
  const { direction, survey } = derivation;
  const isForeign = spot.isForeign === true;
  const mayGo = (member: TypeView) => mayLeaveOutMember(type, member, isForeign, direction);
  if (!members.some(mayGo) || survey.uncarried(type, spot)) return members;
  // A list of a package may have holes, which need not be filled.
  const mayBeHole = spot.undefinedIs === undefined && members.length > 1;
  return members.filter((member) => {
    if (!mayGo(member)) return true;
    if (isNothing(member)) return !mayBeHole;
    const finding = survey.uncarried(member, spot);
    if (finding) warnLeftOut(`Of "${spot.path}", ${member.name ?? "a part"}`, finding, spot, derivation);
    return finding === undefined;
  });
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
