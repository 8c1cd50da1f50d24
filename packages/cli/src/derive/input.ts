import type { JsonSchemaObject, ObjectSchema } from "@smoltools/core";
import type { CallForm } from "./derived-tool.ts";
import type { FunctionView, ObjectShape, ParameterView, TypeView } from "./engine/port.ts";
import { commentRepair } from "./fix/comment-repair.ts";
import type { FunctionDoc, ParamDoc } from "./jsdoc/function-doc.ts";
import { offeredParameters } from "./offered-parameters.ts";
import { parameterNames } from "./parameter-names.ts";
import { parameterSchema } from "./parameter-schema.ts";
import type { Repair } from "./problems/problem.ts";
import type { ProblemList } from "./problems/problem-list.ts";
import { annotate } from "./types/comments/annotate.ts";
import type { Spot } from "./types/derivation.ts";
import { inKeywordOrder } from "./types/keyword-order.ts";
import { objectSchema } from "./types/schemas/object.ts";
import { Overlay } from "./types/comments/overlay.ts";
import { SchemaDerivation } from "./types/schema-of.ts";

/** The input of a tool. */
export interface DerivedInput {
  schema: ObjectSchema;
  call: CallForm;
}

/**
 * Derives the input schema of a function. One parameter of an object type is the input itself; otherwise each
 * parameter is a property.
 */
export function deriveInput(view: FunctionView, doc: FunctionDoc, problems: ProblemList): DerivedInput {
  const derivation = new SchemaDerivation("input", problems);
  const before = problems.reported;
  const parameters = offeredParameters(view.parameters, derivation);
  const names = parameterNames(parameters, doc.params);
  const [first] = parameters;
  const shape = first && parameters.length === 1 ? inputShape(first) : undefined;
  const overlay = new Overlay();
  // The input object's own name is in no schema, so any will do for one that has none.
  const inputName = shape ? (names[0] ?? "input") : undefined;
  const leftOut = new Set(view.parameters.slice(parameters.length).map(({ name }) => name));
  const params = doc.params.filter(({ path }) => !leftOut.has(path[0]));
  const strangers = params.filter((param) => !addParam(param, overlay, inputName, problems));
  let root: JsonSchemaObject;
  let call: CallForm;
  if (shape && first) {
    overlay.addBindings(first.bindings);
    overlay.used = true;
    const spot: Spot = { path: "", place: first.place, overlay, isForeign: first.isForeign };
    derivation.survey.report(withoutUndefined(first.type), spot);
    root = objectSchema(shape, spot, derivation);
    const constraints = overlay.doc?.constraints.filter(({ name }) => name !== "default") ?? [];
    annotate(root, { text: "", constraints, initial: undefined }, derivation);
    call = { kind: "object" };
  } else ({ root, call } = positionalInput({ ...view, parameters }, names, overlay, derivation));
  const properties = Object.keys(root.properties ?? {});
  const isReadable = problems.reported === before;
  for (const param of [...strangers, ...overlay.unusedDocs()]) {
    // Behind a type that could not be read, nothing can be said of its parts.
    if (isReadable || param.path.length === 1) refuseUnknown(param, inputName, properties, problems);
  }
  const definitions = derivation.finish();
  const $defs = Object.keys(definitions).length > 0 ? { $defs: definitions } : {};
  return { schema: { ...inKeywordOrder({ ...root, ...$defs }), type: "object" }, call };
}

/** The shape of a parameter that is the input object itself. */
function inputShape({ rest, typed, type }: ParameterView): ObjectShape | undefined {
  if (rest || !typed) return undefined;
  const { shape } = withoutUndefined(type);
  const isInput =
    shape.kind === "object" && !shape.isClass && shape.properties.length > 0 && shape.indexes.length === 0;
  return isInput ? shape : undefined;
}

function withoutUndefined(type: TypeView): TypeView {
  if (type.shape.kind !== "union") return type;
  const members = type.shape.members.filter(({ shape }) => shape.kind !== "nothing");
  const [only = type] = members;
  return members.length === 1 ? only : type;
}

/** @returns False for a tag that does not name the input object, where there is one. */
function addParam(param: ParamDoc, overlay: Overlay, inputName: string | undefined, problems: ProblemList): boolean {
  const [name, ...rest] = param.path;
  if (name === undefined) return true;
  if (inputName !== undefined && name !== inputName) return false;
  if (!overlay.addDoc(param, inputName === undefined ? param.path : rest)) {
    const message = `There are two @param tags for ${param.path.join(".")}.`;
    problems.refuse("E_TAG", param.place, message, "leave one of them out");
  }
  return true;
}

function positionalInput(
  view: FunctionView,
  names: readonly (string | undefined)[],
  overlay: Overlay,
  derivation: SchemaDerivation,
): { root: JsonSchemaObject; call: CallForm } {
  const properties: [string, JsonSchemaObject][] = [];
  const required: string[] = [];
  let rest: string | undefined;
  for (const [index, parameter] of view.parameters.entries()) {
    const name = names[index] ?? `argument${index + 1}`;
    const part = overlay.part(name);
    part?.addBindings(parameter.bindings);
    const repair = paramRepair(view, names, names[index]);
    const { schema, isRequired } = parameterSchema(parameter, names[index], part, derivation, repair);
    properties.push([name, schema]);
    if (isRequired) required.push(name);
    if (parameter.rest) rest = name;
  }
  const root: JsonSchemaObject = {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  const parameters = properties.map(([name]) => name);
  return { root, call: { kind: "positional", parameters, ...(rest !== undefined && { rest }) } };
}

function paramRepair(
  view: FunctionView,
  names: readonly (string | undefined)[],
  parameter: string | undefined,
): Repair | undefined {
  const parameters = names.filter((name) => name !== undefined);
  return parameter === undefined ? undefined : commentRepair(view, { tag: "param", parameter, parameters });
}

function refuseUnknown(
  { path, place }: ParamDoc,
  inputName: string | undefined,
  properties: readonly string[],
  problems: ProblemList,
): void {
  const [name = ""] = path;
  const isPart = path.length > 1;
  const message = isPart
    ? `@param ${path.join(".")} names no property of ${name}.`
    : `@param ${name} names no parameter.`;
  if (inputName !== undefined && properties.includes(name)) {
    problems.refuse("E_UNKNOWN_PARAM", place, message, `write @param ${inputName}.${path.join(".")}`);
    return;
  }
  const names = properties.length === 0 ? "it has none" : properties.join(", ");
  const fix = isPart ? "write the name of a property that the type has" : `write the name of a parameter: ${names}`;
  problems.refuse("E_UNKNOWN_PARAM", place, message, fix);
}
