import type { JsonSchemaObject } from "@smoltools/core";
import type { ParameterView, Place } from "./engine/port.ts";
import { isJavaScript } from "./is-javascript.ts";
import type { Repair } from "./problems/problem.ts";
import type { ProblemList } from "./problems/problem-list.ts";
import { annotateMember } from "./types/comments/annotate.ts";
import type { Spot } from "./types/derivation.ts";
import { mayBeAbsent } from "./types/survey/left-out.ts";
import type { Overlay } from "./types/comments/overlay.ts";
import type { SchemaDerivation } from "./types/schema-of.ts";

/**
 * Derives the schema of one of several parameters.
 *
 * @param name - Absent for a destructured parameter that no `@param` tag names.
 * @param repair - How a `@param` tag for it is added.
 */
export function parameterSchema(
  parameter: ParameterView,
  name: string | undefined,
  overlay: Overlay | undefined,
  derivation: SchemaDerivation,
  repair: Repair | undefined,
): { schema: JsonSchemaObject; isRequired: boolean } {
  const { place, type, initial, isForeign } = parameter;
  const { problems } = derivation;
  const path = name ?? "the destructured parameter";
  const schema = typeSchema(parameter, { path, place, overlay, undefinedIs: "absent", isForeign }, derivation);
  if (name !== undefined && name !== "this") checkParameterName(name, place, problems);
  const { text } = annotateMember(schema, parameter.doc, overlay, derivation, initial);
  if (text === "" && name !== "this") {
    const fix = `add to the comment above the function: @param ${name ?? "options"} - what it is for`;
    problems.refuse("E_NO_DESCRIPTION", place, `"${path}" has no description.`, fix, repair);
  }
  const isRequired = !parameter.rest && initial === undefined && !mayBeAbsent({ optional: parameter.optional, type });
  return { schema, isRequired };
}

function typeSchema(parameter: ParameterView, spot: Spot, derivation: SchemaDerivation): JsonSchemaObject {
  const { problems } = derivation;
  const { name, place, type, rest } = parameter;
  if (name === "this") {
    problems.refuse("E_UNSUPPORTED", place, 'A tool has no "this".', "take what is needed as a parameter");
    return {};
  }
  if (!parameter.typed) {
    const fix = isJavaScript(place)
      ? `write its type into the comment above the function: @param ${name === undefined ? "{object} options" : `{string} ${name}`} - what it is for`
      : `write its type: ${name ?? "{ … }"}: string`;
    problems.refuse("E_UNTYPED", place, `"${spot.path}" has no type.`, fix);
    return {};
  }
  if (rest && type.shape.kind !== "array") {
    problems.refuse(
      "E_UNSUPPORTED",
      place,
      `"${spot.path}" is a rest parameter, but no list of one type.`,
      "name each parameter",
    );
    return {};
  }
  return derivation.rootSchema(type, spot);
}

/** Parameters must have names that Python and the providers of models accept. */
export function checkParameterName(name: string, place: Place, problems: ProblemList): void {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return;
  const message = `"${name}" is not the name of a parameter that every model provider accepts.`;
  problems.refuse("E_NAME", place, message, "use letters, digits and _, at most 64 of them, not starting with a digit");
}
