import type { JsonSchemaObject } from "@smoltools/core";
import type { TypeShape, TypeView } from "../engine/port.ts";
import { readMemberDoc } from "../jsdoc/member-doc.ts";
import type { ProblemList } from "../problems/problem-list.ts";
import { annotate } from "./comments/annotate.ts";
import { arraySchema, tupleSchema } from "./schemas/array.ts";
import { builtinSchema } from "./schemas/builtin.ts";
import { Definitions } from "./definitions.ts";
import type { Derivation, Spot } from "./derivation.ts";
import { objectSchema } from "./schemas/object.ts";
import { refuseType } from "./survey/refuse-type.ts";
import { type SimpleShape, simpleSchema } from "./schemas/simple.ts";
import { Survey } from "./survey/survey.ts";
import { unionSchema } from "./schemas/union.ts";

/** Parts that one tool's schema may have: more than any model would read. */
const maxParts = 5000;

/** How deep a type may be nested: deeper values do not cross into a sandbox. */
const maxDepth = 64;

/** Makes the input schema or the output schema of one tool. */
export class SchemaDerivation implements Derivation {
  readonly direction: "input" | "output";
  readonly problems: ProblemList;
  readonly survey: Survey;
  readonly afterwards: ((definitions: Record<string, JsonSchemaObject>) => void)[] = [];
  readonly #definitions = new Definitions();
  /** Types of which some part was refused: what is wrong with them has been said. */
  readonly #refused = new Set<object>();
  #parts = 0;

  constructor(direction: "input" | "output", problems: ProblemList) {
    this.direction = direction;
    this.problems = problems;
    this.survey = new Survey(direction, problems);
  }

  /** The schema of a whole parameter or result, of which all that has no schema is reported first, nearest first. */
  rootSchema(type: TypeView, spot: Spot): JsonSchemaObject {
    this.survey.report(type, spot);
    return this.schemaOf(type, spot);
  }

  schemaOf(type: TypeView, spot: Spot): JsonSchemaObject {
    this.#parts++;
    if (this.#parts > maxParts + 1) {
      this.problems.reported++;
      return {};
    }
    if (this.#parts > maxParts) {
      const fix = "name the fields that the tool needs in a type of its own";
      const what = `belongs to a type of more than ${maxParts} parts`;
      return refuseType({ code: "E_DEPTH", what, fix }, type, spot, this);
    }
    const { shape } = type;
    if (!isCompound(shape)) return this.#withTypeDocs(type, simpleSchema(type, shape, spot, this));
    const reference = this.#definitions.reference(type);
    if (reference) return reference;
    if (this.#refused.has(type.id)) {
      this.problems.reported++;
      return {};
    }
    if (this.#definitions.isEndless(type)) {
      const fix = "end the recursion, or write the levels out";
      return refuseType(
        { code: "E_DEPTH", what: "contains itself with ever new type arguments", fix },
        type,
        spot,
        this,
      );
    }
    if (this.#definitions.depth >= maxDepth) {
      const fix = "name the fields that the tool needs in a type of its own";
      return refuseType({ code: "E_DEPTH", what: `is nested deeper than ${maxDepth} levels`, fix }, type, spot, this);
    }
    const before = this.problems.reported;
    const schema = this.#definitions.define(type, () =>
      this.#withTypeDocs(type, compoundSchema(type, shape, spot, this)),
    );
    if (this.problems.reported > before) this.#refused.add(type.id);
    return schema;
  }

  /** Runs the checks that wait for the definitions, and hands those out. */
  finish(): Record<string, JsonSchemaObject> {
    const definitions = this.#definitions.all;
    for (const check of this.afterwards) check(definitions);
    return definitions;
  }

  /** Adds what the comments on aliases and interfaces say, the outermost having the last word. */
  #withTypeDocs(type: TypeView, schema: JsonSchemaObject): JsonSchemaObject {
    for (const source of type.docs.toReversed()) annotate(schema, readMemberDoc(source, this.problems), this);
    return schema;
  }
}

type CompoundShape = Exclude<TypeShape, SimpleShape>;

/** Compound types have parts, and so can contain themselves. */
function isCompound(shape: TypeShape): shape is CompoundShape {
  return ["union", "array", "tuple", "builtin", "object"].includes(shape.kind);
}

function compoundSchema(type: TypeView, shape: CompoundShape, spot: Spot, derivation: Derivation): JsonSchemaObject {
  switch (shape.kind) {
    case "union":
      return unionSchema(type, shape.members, spot, derivation);
    case "array":
      return arraySchema(shape.item, spot, derivation);
    case "tuple":
      return tupleSchema(type, shape.elements, spot, derivation);
    case "builtin":
      return builtinSchema(type, shape, spot, derivation);
    case "object":
      return objectSchema(shape, spot, derivation);
  }
}
