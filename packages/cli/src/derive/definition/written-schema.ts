import {
  checkDeclaration,
  errorMessage,
  type JsonObject,
  type JsonSchema,
  type JsonValue,
  type ObjectSchema,
} from "@smoltools/core";
import type { DefinitionView, MemberView } from "../engine/port.ts";
import { checkParameterName } from "../parameter-schema.ts";
import type { ProblemList } from "../problems/problem-list.ts";
import { isFrozen } from "./is-frozen.ts";
import { isRecord } from "./is-record.ts";

/** The input schema that a definition has as a literal; `undefined` when the types are to say it. */
export function writtenInput(view: DefinitionView, problems: ProblemList): ObjectSchema | undefined {
  const found = writtenSchema(view, ["input", "inputSchema", "parameters"], problems);
  if (!found) return undefined;
  const { member, value } = found;
  const place = member.initial?.place ?? member.place;
  const schema = isRecord(value) ? value : {};
  if (!isObjectSchema(schema)) {
    const message = `The input of "${view.exportName}" is no schema of an object.`;
    problems.refuse("E_UNSUPPORTED", place, message, 'write { type: "object", properties: { … } }');
    return { type: "object" };
  }
  const isSound = isSchema({ inputSchema: schema }, member, problems);
  if (isSound && !isFrozen(view)) checkProperties(schema, member, problems);
  return schema;
}

/** The output schema that a definition has as a literal; `undefined` when the types are to say it. */
export function writtenOutput(view: DefinitionView, problems: ProblemList): JsonSchema | undefined {
  const found = writtenSchema(view, ["output", "outputSchema"], problems);
  if (!found) return undefined;
  const { member, value } = found;
  const schema = typeof value === "boolean" || isRecord(value) ? (value as JsonSchema) : {};
  isSchema({ inputSchema: { type: "object" }, outputSchema: schema }, member, problems);
  return schema;
}

function writtenSchema(
  { members, exportName }: DefinitionView,
  names: readonly string[],
  problems: ProblemList,
): { member: MemberView; value: JsonValue } | undefined {
  const name = names.find((candidate) => members.has(candidate));
  const member = name === undefined ? undefined : members.get(name);
  if (!member) return undefined;
  const value = member.initial?.value;
  if (value !== undefined) return { member, value };
  const message = `The ${name} of "${exportName}" is no JSON Schema that can be read without running it.`;
  const fix = "write the JSON Schema as a literal, or export a function whose parameters have types and comments";
  problems.refuse("E_UNSUPPORTED", member.initial?.place ?? member.place, message, fix);
  return { member, value: { type: "object" } };
}

function isObjectSchema(schema: JsonObject): schema is JsonObject & ObjectSchema {
  return schema["type"] === "object";
}

function isSchema(
  schemas: { inputSchema: ObjectSchema; outputSchema?: JsonSchema },
  member: MemberView,
  problems: ProblemList,
): boolean {
  try {
    checkDeclaration({ name: "tool", description: "A tool.", ...schemas });
    return true;
  } catch (error) {
    const why = errorMessage(error).replace(/^Tool "tool": /, "");
    const place = member.initial?.place ?? member.place;
    problems.refuse("E_UNSUPPORTED", place, `This is no JSON Schema: ${why}.`, "mend the schema");
    return false;
  }
}

/** The model must be told of each property, here as where types say it. */
function checkProperties({ properties = {} }: ObjectSchema, member: MemberView, problems: ProblemList): void {
  for (const [name, property] of Object.entries(properties)) {
    const place = member.placeOf(["properties", name]) ?? member.initial?.place ?? member.place;
    checkParameterName(name, place, problems);
    const described = typeof property === "object" && property.description?.trim();
    if (described) continue;
    const fix = 'add to its schema: description: "What it is for."';
    problems.refuse("E_NO_DESCRIPTION", place, `"${name}" has no description.`, fix);
  }
}
