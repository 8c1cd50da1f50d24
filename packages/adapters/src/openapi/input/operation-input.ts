import type { JsonSchema, JsonSchemaObject, ObjectSchema } from "@smoltools/core";
import type { OperationSchemas } from "../schema/operation-schemas.ts";
import type { PlannedBody, PlannedParameter } from "../request/request-plan.ts";
import type { BodyPlan } from "./body-plan.ts";
import type { Parameter } from "./parameters.ts";

/** The arguments of a tool, and what of a request each of them is. */
export interface OperationInput {
  readonly schema: ObjectSchema;
  readonly parameters: readonly PlannedParameter[];
  readonly body: PlannedBody | undefined;
}

/** What a schema may say for its properties to be arguments beside others. */
const plainKeywords: ReadonlySet<string> = new Set(
  "type properties required additionalProperties title description examples default deprecated $comment".split(" "),
);

/**
 * One object of all arguments: parameters by their names, and the members of a body that is an object beside them. A body
 * that cannot be taken apart is one argument, `body`.
 *
 * Required ones come first, for their order is that of positional arguments.
 *
 * @param refs - The references that the schemas need.
 */
export function operationInput(
  parameters: readonly Parameter[],
  plan: BodyPlan | undefined,
  schemas: OperationSchemas,
  refs: ReadonlySet<string>,
): OperationInput {
  const named = argumentNames(parameters);
  const arguments_ = new Map<string, { schema: JsonSchema; isRequired: boolean }>(named);
  const members = plan && membersOf(plan, arguments_);
  if (members) {
    for (const [name, schema] of Object.entries(members.properties ?? {})) {
      arguments_.set(name, { schema, isRequired: members.required?.includes(name) ?? false });
    }
  }
  const argument = plan && !members ? freeName("body", arguments_) : undefined;
  if (plan && argument !== undefined) {
    arguments_.set(argument, { schema: described(plan), isRequired: plan.isRequired });
  }
  const ordered = [...arguments_].sort(([, one], [, other]) => Number(other.isRequired) - Number(one.isRequired));
  const extra = members?.additionalProperties;
  const required = ordered.filter(([, { isRequired }]) => isRequired).map(([name]) => name);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(ordered.map(([name, { schema }]) => [name, schema])),
      ...(required.length > 0 && { required }),
      // Without members of a body there is nothing that further arguments could be.
      ...(members ? extra !== undefined && { additionalProperties: extra } : { additionalProperties: false }),
      ...schemas.definitions(refs),
    },
    parameters: named.map(([argument, { name, place, isRequired, style }]) => {
      return { argument, name, place, isRequired, style };
    }),
    body: plan && plannedBody(plan, argument),
  };
}

function plannedBody({ kind, mediaType, encoding }: BodyPlan, argument: string | undefined): PlannedBody {
  return { kind, mediaType, encoding, ...(argument !== undefined && { argument }) };
}

/** Names of arguments: two parameters of one name, in the path and the query say, tell their place as well. */
function argumentNames(parameters: readonly Parameter[]): [string, Parameter][] {
  const counts = new Map<string, number>();
  for (const { name } of parameters) counts.set(name, (counts.get(name) ?? 0) + 1);
  return parameters.map((parameter) => {
    const { name, place } = parameter;
    return [(counts.get(name) ?? 0) > 1 ? `${place}_${name}` : name, parameter];
  });
}

/** The schema of a body whose members can stand beside the parameters. */
function membersOf(plan: BodyPlan, taken: ReadonlyMap<string, unknown>): JsonSchemaObject | undefined {
  const { schema, kind, isRequired } = plan;
  if (kind === "text" || kind === "bytes" || !isRequired || typeof schema === "boolean") return undefined;
  if (schema.type !== "object" || !schema.properties) return undefined;
  const isFree = Object.keys(schema.properties).every((name) => !taken.has(name));
  // Rules of the whole body would be lost where it is taken apart, or speak of the parameters too.
  const isPlain = Object.keys(schema).every((keyword) => plainKeywords.has(keyword));
  return isPlain && isFree ? schema : undefined;
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  return taken.has(name) ? freeName(`request_${name}`, taken) : name;
}

function described({ schema, description }: BodyPlan): JsonSchema {
  if (description === undefined) return schema;
  return typeof schema === "object" ? { description, ...schema } : schema ? { description } : { not: {} };
}
