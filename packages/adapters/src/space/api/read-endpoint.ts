import { canonicalJson, type JsonSchema, type JsonSchemaObject, type ObjectSchema } from "@smoltools/core";
import { fieldOf, isRecord, textField } from "../../shared/json-access.ts";
import { importInputSchema } from "../../shared/schema-import/import-schema.ts";
import { fileMark } from "./file-type.ts";
import type { SpaceEndpoint, SpaceParameter } from "./space-api.ts";
import { valueSchema } from "./value-schema.ts";

/** What an app says of one endpoint, in the two places where it does. */
export interface EndpointSources {
  /** With the slash. */
  name: string;
  /** Its entry in `/info`. */
  info: unknown;
  /** Its entry in the dependencies of `/config`. */
  dependency: unknown;
  /** The components of `/config`, by their ids. */
  components: ReadonlyMap<unknown, unknown>;
}

/**
 * Reads an endpoint.
 *
 * @throws Error when it says what cannot be.
 */
export function readEndpoint({ name, info, dependency, components }: EndpointSources): SpaceEndpoint {
  const id = fieldOf(dependency, "id");
  if (typeof id !== "number" || !Number.isSafeInteger(id)) throw new Error("it is not among the functions of its app");
  const inputs = componentsOf(dependency, "inputs", components);
  const outputs = componentsOf(dependency, "outputs", components);
  const declared = inOrder(listOf(info, "parameters"), inputs, "parameters");
  const returned = inOrder(listOf(info, "returns"), outputs, "results");
  const { parameters, inputSchema } = readParameters(declared, inputs);
  const results = returned.flatMap((result, index) => (result === undefined ? [] : [{ result, index }]));
  const endpoint = {
    name,
    description: textField(info, "description")?.trim() ?? "",
    inputSchema,
    outputSchema: outputSchemaOf(results.map(({ result }) => result)),
  };
  return {
    ...endpoint,
    id,
    isQueued: fieldOf(dependency, "queue") !== false,
    inputs: parameters,
    outputs: results.map(({ index, result }) => ({ index, component: textField(result, "component") ?? "" })),
    outputCount: outputs.length,
    fingerprint: canonicalJson(JSON.parse(JSON.stringify([endpoint, parameters, results]))),
  };
}

function componentsOf(dependency: unknown, key: string, components: ReadonlyMap<unknown, unknown>): unknown[] {
  return listOf(dependency, key).map((id) => components.get(id));
}

/** Puts what `/info` tells of beside the components: those that the app keeps for itself are not in `/info`. */
function inOrder(declared: readonly unknown[], components: readonly unknown[], what: string): unknown[] {
  let next = 0;
  const placed = components.map((component) => {
    const isKept = fieldOf(component, "type") === "state" || fieldOf(component, "skip_api") === true;
    return isKept ? undefined : declared[next++];
  });
  const isComplete = next === declared.length && declared.every(isRecord);
  if (!isComplete) throw new Error(`its ${what} are not those of its app`);
  return placed;
}

function readParameters(
  declared: readonly unknown[],
  components: readonly unknown[],
): { parameters: (SpaceParameter | undefined)[]; inputSchema: ObjectSchema } {
  const properties = new Map<string, JsonSchema>();
  const parameters = declared.map((parameter, index): SpaceParameter | undefined => {
    if (parameter === undefined) return undefined;
    const name = textField(parameter, "parameter_name") ?? `param_${index}`;
    if (properties.has(name)) throw new Error(`it has two parameters named ${JSON.stringify(name)}`);
    const isRequired = fieldOf(parameter, "parameter_has_default") !== true;
    const value = fieldOf(parameter, "parameter_default") ?? null;
    properties.set(name, parameterSchema(name, parameter, components[index], isRequired ? null : value));
    return { name, type: fieldOf(parameter, "type"), default: value, isRequired };
  });
  const required = parameters.flatMap((parameter) => (parameter?.isRequired ? [parameter.name] : []));
  const inputSchema = importInputSchema({
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  });
  return { parameters, inputSchema };
}

function parameterSchema(name: string, parameter: unknown, component: unknown, defaultValue: unknown): JsonSchema {
  const pointer = `#/properties/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  const schema = valueSchema(fieldOf(parameter, "type") ?? {}, {
    component: textField(parameter, "component") ?? "",
    direction: "input",
    pointer,
  });
  const plain: JsonSchemaObject = typeof schema === "object" ? schema : schema ? {} : { not: {} };
  const limits = bounds(component, plain);
  const description = describe(name, parameter, component, Object.keys(limits).length > 0 ? {} : plain);
  const isFree = fieldOf(fieldOf(component, "props"), "allow_custom_value") === true;
  const { enum: values, description: _, ...rest } = plain;
  return {
    ...rest,
    ...(values !== undefined && !isFree && { enum: values }),
    ...limits,
    ...(description !== "" && { description }),
    // A file of an example is nothing that a caller could write down.
    ...(defaultValue !== null && !holdsFile(defaultValue) && { default: JSON.parse(JSON.stringify(defaultValue)) }),
  };
}

/** The bounds of a slider and of a number, which `/info` has as a sentence. */
function bounds(component: unknown, { type }: JsonSchemaObject): JsonSchemaObject {
  if (type !== "number" && type !== "integer") return {};
  const props = fieldOf(component, "props");
  const [minimum, maximum] = [fieldOf(props, "minimum"), fieldOf(props, "maximum")];
  return {
    ...(typeof minimum === "number" && { minimum }),
    ...(typeof maximum === "number" && { maximum }),
  };
}

/** Labels that nobody wrote. */
const madeUp = /^(?:parameter|value|param)_\d+$/;

function describe(name: string, parameter: unknown, component: unknown, schema: JsonSchemaObject): string {
  const label = textField(parameter, "label") ?? "";
  const texts = [
    madeUp.test(label) || label.toLowerCase() === name.toLowerCase() ? "" : label,
    textField(fieldOf(component, "props"), "info") ?? "",
    schema.description ?? "",
  ];
  const said = texts.map((text) => text.trim()).filter((text) => text !== "" && text !== "any valid json");
  return [...new Set(said)].join(". ").replace(/([.!?])\. /g, "$1 ");
}

/** What an endpoint gives: its only value, or the list of its values. Any of them may be missing. */
function outputSchemaOf(returns: readonly unknown[]): JsonSchema {
  const [only] = returns;
  if (returns.length === 0) return { type: "null" };
  if (returns.length === 1) return returnSchema(only, "#");
  return {
    type: "array",
    prefixItems: returns.map((each, index) => returnSchema(each, `#/prefixItems/${index}`)),
    minItems: returns.length,
    maxItems: returns.length,
  };
}

function returnSchema(returned: unknown, pointer: string): JsonSchema {
  const component = textField(returned, "component") ?? "";
  const type = fieldOf(returned, "type") ?? {};
  const probe = valueSchema(type, { component, direction: "output", pointer });
  if (probe === true || (typeof probe === "object" && Object.keys(probe).length === 0)) return labelled({}, returned);
  const schema = valueSchema(type, { component, direction: "output", pointer: `${pointer}/anyOf/0` });
  // What is shown may be anything, whatever may be chosen.
  const shown = typeof schema === "object" && /^(?:Dropdown|Radio|Checkboxgroup)$/i.test(component);
  return labelled({ anyOf: [shown ? withoutChoices(schema) : schema, { type: "null" }] }, returned);
}

function withoutChoices(schema: JsonSchemaObject): JsonSchema {
  const { enum: _, items, ...rest } = schema;
  return { ...rest, ...(typeof items === "object" && { items: withoutChoices(items) }) };
}

function labelled(schema: JsonSchemaObject, returned: unknown): JsonSchema {
  const label = textField(returned, "label") ?? "";
  return label === "" || madeUp.test(label) ? schema : { description: label, ...schema };
}

function holdsFile(value: unknown): boolean {
  return JSON.stringify(value)?.includes(fileMark) ?? false;
}

function listOf(value: unknown, key: string): unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? list : [];
}
