import type { JsonSchemaObject } from "@smoltools/core";
import type { TypeShape, TypeView } from "../../engine/port.ts";
import type { Derivation, Spot } from "../derivation.ts";
import { literalSchema } from "./literal.ts";
import type { Obstacle } from "../survey/obstacle.ts";
import { refuseType } from "../survey/refuse-type.ts";
import { letterCaseSchema, templateSchema } from "./template.ts";

/** A type that has no parts. */
export type SimpleShape = Exclude<TypeShape, { kind: "union" | "array" | "tuple" | "builtin" | "object" }>;

/** The schema of a type that has no parts; one that JSON does not have is refused. */
export function simpleSchema(type: TypeView, shape: SimpleShape, spot: Spot, derivation: Derivation): JsonSchemaObject {
  switch (shape.kind) {
    case "string":
    case "number":
    case "boolean":
    case "null":
      return { type: shape.kind };
    case "unknown":
      return {};
    case "never":
      return { not: {} };
    case "non-primitive":
    case "empty object":
      return { type: "object" };
    case "literal":
      return literalSchema([shape.value]);
    case "bigint":
      return { type: "string", pattern: "^-?[0-9]+$", "x-ts": "bigint" };
    case "bigint literal":
      return { type: "string", const: shape.digits, "x-ts": "bigint" };
    case "template":
      return templateSchema(type, shape, spot, derivation);
    case "letter case":
      return letterCaseSchema(type, shape, spot, derivation);
    case "nothing":
      if (spot.undefinedIs === "null") return { type: "null" };
      return refuseType(mayBeUndefined, type, spot, derivation);
  }
  return refuseType(simpleObstacle(shape), type, spot, derivation);
}

/** A value that may be `undefined` where JSON cannot leave it out. */
export const mayBeUndefined: Obstacle = {
  code: "E_UNSUPPORTED",
  what: "may be undefined, which JSON does not have",
  fix: "use null instead, or an optional property",
};

type UnknownToJson = Extract<
  SimpleShape,
  { kind: "any" | "symbol" | "function" | "open" | "builtin heir" | "unsupported" }
>;

/** Why a type that has no parts has no schema. */
export function simpleObstacle(shape: UnknownToJson): Obstacle {
  switch (shape.kind) {
    case "any":
      if (shape.isEndless && shape.missing === undefined) {
        const fix = "end the recursion, or write the type out";
        return { code: "E_DEPTH", what: "has a type that never ends, or has too many forms", fix };
      }
      if (shape.missing === undefined) {
        return { code: "E_ANY", what: "has the type any", fix: "write its type, or unknown if it may be anything" };
      }
      return {
        code: "E_ANY",
        what: `has the type ${shape.missing}, which cannot be found`,
        fix: `declare ${shape.missing}, or check its import`,
      };
    case "symbol":
      return { code: "E_SYMBOL", what: "is a symbol, which JSON does not have", fix: "use a string" };
    case "function": {
      const what = "is a function, which cannot be sent as JSON";
      return { code: "E_FUNCTION", what, fix: "take or return data instead" };
    }
    case "open": {
      const fix = "give its type parameter a constraint, such as <T extends string>";
      return { code: "E_GENERIC", what: `has the open type ${shape.what}`, fix };
    }
    case "builtin heir": {
      const fix = `put the ${shape.base} in a property of an object`;
      return { code: "E_CLASS", what: `has a type that extends ${shape.base}`, fix };
    }
    case "unsupported":
      return { code: "E_UNSUPPORTED", what: `is ${shape.what}`, fix: shape.fix };
  }
}
