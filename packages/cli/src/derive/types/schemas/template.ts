import type { JsonSchemaObject } from "@smoltools/core";
import type { TypeShape, TypeView } from "../../engine/port.ts";
import type { Derivation, Spot } from "../derivation.ts";
import { refuseType } from "../survey/refuse-type.ts";

/** Patterns of the types that strings are mapped to. Only ASCII letters count as having a case. */
const letterCases: ReadonlyMap<string, string> = new Map([
  ["Uppercase", "[^a-z]*"],
  ["Lowercase", "[^A-Z]*"],
  ["Capitalize", "(?:[^a-z][\\s\\S]*)?"],
  ["Uncapitalize", "(?:[^A-Z][\\s\\S]*)?"],
]);

/** Text that is a number in JavaScript's decimal notation. */
const numberText = "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

/** The schema of a template literal type. */
export function templateSchema(
  type: TypeView,
  shape: Extract<TypeShape, { kind: "template" }>,
  spot: Spot,
  derivation: Derivation,
): JsonSchemaObject {
  return patternSchema(templatePattern(shape), type, spot, derivation);
}

/** The schema of `Uppercase<string>` and its like. */
export function letterCaseSchema(
  type: TypeView,
  shape: Extract<TypeShape, { kind: "letter case" }>,
  spot: Spot,
  derivation: Derivation,
): JsonSchemaObject {
  return patternSchema(partPattern(shape), type, spot, derivation);
}

/** The pattern of the keys that an index signature covers; `undefined` when there is none. */
export function keyPattern(key: TypeShape): string | undefined {
  // A number as a key has no exponent.
  if (key.kind === "number") return "^-?[0-9]+(\\.[0-9]+)?$";
  const pattern =
    key.kind === "template" ? templatePattern(key) : key.kind === "letter case" ? partPattern(key) : undefined;
  return pattern === undefined ? undefined : `^${pattern}$`;
}

function patternSchema(
  pattern: string | undefined,
  type: TypeView,
  spot: Spot,
  derivation: Derivation,
): JsonSchemaObject {
  if (pattern !== undefined) return { type: "string", pattern: `^${pattern}$` };
  const fix = "use string, and say what is allowed with @pattern";
  const what = "is text of a form that has no pattern";
  return refuseType({ code: "E_UNSUPPORTED", what, fix }, type, spot, derivation);
}

function templatePattern({ texts, types }: Extract<TypeShape, { kind: "template" }>): string | undefined {
  let pattern = escaped(texts[0] ?? "");
  for (const [index, part] of types.entries()) {
    const inner = partPattern(part.shape);
    if (inner === undefined) return undefined;
    pattern += inner + escaped(texts[index + 1] ?? "");
  }
  return pattern;
}

function partPattern(shape: TypeShape): string | undefined {
  switch (shape.kind) {
    case "string":
      return "[\\s\\S]*";
    case "number":
      return numberText;
    case "bigint":
      return "-?[0-9]+";
    case "boolean":
      return "(true|false)";
    case "letter case":
      return shape.of.shape.kind === "string" ? letterCases.get(shape.mapping) : undefined;
    default:
      return undefined;
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
