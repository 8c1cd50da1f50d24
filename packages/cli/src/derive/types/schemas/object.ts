import type { JsonSchemaObject } from "@smoltools/core";
import type { IndexView, ObjectShape, PropertyView } from "../../engine/port.ts";
import { annotateMember } from "../comments/annotate.ts";
import type { Repair } from "../../problems/problem.ts";
import type { Derivation, Spot } from "../derivation.ts";
import { mayBeAbsent, mayLeaveOut, warnLeftOut } from "../survey/left-out.ts";
import { refuseType } from "../survey/refuse-type.ts";
import { keyPattern } from "./template.ts";

/**
 * The schema of an object type: closed, unless it has an index signature.
 *
 * @param spot - Its path is empty for the input of a tool, whose every property needs a description.
 */
export function objectSchema(shape: ObjectShape, spot: Spot, derivation: Derivation): JsonSchemaObject {
  const properties: [string, JsonSchemaObject][] = [];
  const required: string[] = [];
  for (const property of shape.properties) {
    if (isNever(property) || isLeftOut(property, spot, derivation)) {
      // Where other keys are accepted, this one must not be among them.
      if (shape.indexes.length > 0) properties.push([property.name, { not: {} }]);
      continue;
    }
    properties.push([property.name, propertySchema(property, spot, derivation)]);
    if (!mayBeAbsent(property)) required.push(property.name);
  }
  const indexes = indexSchemas(shape.indexes, spot, derivation);
  const isRecord = properties.length === 0 && shape.indexes.length > 0;
  return {
    type: "object",
    ...(!isRecord && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required }),
    ...indexes,
  };
}

/** True for a property that is there only in the type. */
function isNever({ optional, type: { shape } }: PropertyView): boolean {
  return shape.kind === "nothing" || (optional && shape.kind === "never");
}

function isLeftOut(property: PropertyView, spot: Spot, derivation: Derivation): boolean {
  if (!mayLeaveOut(property, derivation.direction)) return false;
  const inner = propertySpot(property, spot);
  const finding = derivation.survey.uncarried(property.type, inner);
  if (finding) warnLeftOut(`"${inner.path}"`, finding, inner, derivation);
  return finding !== undefined;
}

function propertySpot(property: PropertyView, spot: Spot): Spot {
  return {
    path: spot.path === "" ? property.name : `${spot.path}.${property.name}`,
    place: property.place ?? spot.place,
    overlay: spot.overlay?.part(property.name),
    undefinedIs: "absent",
    isForeign: property.isForeign,
  };
}

function propertySchema(property: PropertyView, spot: Spot, derivation: Derivation): JsonSchemaObject {
  const inner = propertySpot(property, spot);
  const { overlay } = inner;
  const schema = derivation.schemaOf(property.type, inner);
  const { text } = annotateMember(schema, property.doc, overlay, derivation, overlay?.initial);
  checkDescription(property, schema, text, inner.path, spot, derivation);
  return schema;
}

/**
 * The model must be told of each property of the input, of every value that may be anything, and should be told of
 * the rest. Constants speak for themselves.
 */
function checkDescription(
  property: PropertyView,
  schema: JsonSchemaObject,
  text: string,
  path: string,
  spot: Spot,
  { direction, problems }: Derivation,
): void {
  const { stray, type } = property;
  const place = property.place ?? spot.place;
  if (stray) {
    const message = `The comment before "${path}" is on one line with what stands before it, so it describes nothing.`;
    const fix = "put the comment on its own line above the property";
    const repair: Repair = { kind: "move", comment: stray };
    if (direction === "input") problems.refuse("E_NO_DESCRIPTION", stray, message, fix, repair);
    else problems.warn("W_NO_DESCRIPTION", stray, message, fix, repair);
    return;
  }
  if (text !== "") return;
  const fix = "put /** what it is */ on its own line above the property";
  const isRootInput = direction === "input" && spot.path === "";
  if (!isRootInput && (schema.description || schema.const !== undefined)) return;
  const mustHave = isRootInput || (direction === "input" && type.shape.kind === "unknown");
  if (mustHave) problems.refuse("E_NO_DESCRIPTION", place, `"${path}" has no description.`, fix);
  else problems.warn("W_NO_DESCRIPTION", place, `"${path}" has no description.`, fix);
}

function indexSchemas(indexes: readonly IndexView[], spot: Spot, derivation: Derivation): JsonSchemaObject {
  const schemas: JsonSchemaObject = { additionalProperties: false };
  for (const { key, type } of indexes) {
    const { place, isForeign } = spot;
    const inner: Spot = { path: `${spot.path}[key]`, place, undefinedIs: "absent", isForeign };
    if (key.shape.kind === "symbol") {
      const what = "has keys that are symbols, which JSON does not have";
      refuseType({ code: "E_SYMBOL", what, fix: "use string keys" }, key, spot, derivation);
    } else if (key.shape.kind === "string") schemas.additionalProperties = derivation.schemaOf(type, inner);
    else {
      const pattern = keyPattern(key.shape);
      if (pattern === undefined) {
        const what = `has keys of the type ${key.text}`;
        refuseType({ code: "E_UNSUPPORTED", what, fix: "use string keys" }, key, spot, derivation);
      } else schemas.patternProperties = { ...schemas.patternProperties, [pattern]: derivation.schemaOf(type, inner) };
    }
  }
  return schemas;
}
