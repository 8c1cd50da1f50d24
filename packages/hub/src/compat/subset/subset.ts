import { canonicalJson, errorMessage, type JsonSchema, type JsonSchemaObject, type JsonValue } from "@smoltools/core";
import { areDisjoint } from "./are-disjoint.ts";
import { arrayReasons } from "./array-reasons.ts";
import { Budget } from "./budget.ts";
import { codeTypeReason, sameCodeType, withCodeTypeOf } from "./code-type.ts";
import { constantsOf, finiteValues } from "./finite-values.ts";
import { merge } from "./merge.ts";
import { numberReasons } from "./number-reasons.ts";
import { objectReasons } from "./object-reasons.ts";
import { type Comparison, type Place, proved, type Reason, reason, type ReasonKind } from "./reason.ts";
import { acceptsAll, acceptsNothing, asObject, constraints, meaningText, typesOf, without } from "./schema-node.ts";
import { SchemaRoot } from "./schema-root.ts";
import { stringReasons } from "./string-reasons.ts";
import { shorten } from "../../shared/shorten.ts";

/** What a step costs beside the schemas that are read for it. */
const stepWork = 100;
/** Deepest nesting of schemas that is followed. */
const maxLevel = 64;
/** Most values of a property by which an object is taken apart. */
const maxSplits = 64;

/**
 * Compares what two schemas accept: whether every value that the inner one accepts is accepted by the outer one too.
 *
 * It errs on one side only. An empty list of reasons is a proof; a reason may be wrong, where the schemas use what
 * cannot be compared, and then says `unproved`. `oneOf` is read as `anyOf` in the inner schema.
 *
 * After Habib and others, "Finding data compatibility bugs with JSON subschema checks" (ISSTA 2021), for the part of
 * JSON Schema that tools use.
 */
export class Subset implements Comparison {
  readonly #inner: SchemaRoot;
  readonly #outer: SchemaRoot;
  readonly #sameDefinitions: boolean;
  /** The pairs that are being compared, and how deep in the value each was met. */
  readonly #assumed = new Map<string, number>();
  /** When it is used up, nothing more is proved. */
  readonly #budget: Budget;

  constructor(inner: JsonSchema, outer: JsonSchema, budget: Budget = new Budget()) {
    this.#budget = budget;
    this.#inner = new SchemaRoot(inner, budget);
    this.#outer = new SchemaRoot(outer, budget);
    this.#sameDefinitions =
      canonicalJson(inner) === canonicalJson(outer) ||
      (this.#inner.definitionsText() === this.#outer.definitionsText() &&
        this.#inner.refersToDefinitions() &&
        this.#outer.refersToDefinitions());
  }

  /** Why the inner schema does not lie within the outer one: nothing when it does. */
  reasons(): readonly Reason[] {
    const start: Place = { path: [], level: 0 };
    try {
      for (const root of [this.#inner, this.#outer]) root.check();
      return this.compare(this.#inner.schema, this.#outer.schema, start);
    } catch (error) {
      return [reason("unproved", `cannot be compared: ${errorMessage(error)}`, start)];
    }
  }

  /** Compares a part of the inner schema with a part of the outer one. */
  compare(inner: JsonSchema, outer: JsonSchema, place: Place): readonly Reason[] {
    this.#budget.spend(stepWork);
    if (!this.#budget.isLeft || place.level > maxLevel) {
      return [reason("unproved", "is too large to be compared", place, inner, outer)];
    }
    if (acceptsAll(outer) && sameCodeType(inner, outer)) return proved;
    if (acceptsNothing(inner) || this.#same(inner, outer)) return proved;
    if (!hasRef(inner) && !hasRef(outer)) return this.#compareNodes(asObject(inner), asObject(outer), place);
    // A recursive pair that is met again deeper in the value holds if all else does.
    const pair = `${canonicalJson(inner)}\n${canonicalJson(outer)}`;
    this.#budget.spend(pair.length);
    const level = this.#assumed.get(pair);
    if (level !== undefined) {
      return level < place.level ? proved : [reason("unproved", "refers to itself", place, inner, outer)];
    }
    this.#assumed.set(pair, place.level);
    try {
      return this.#compareNodes(asObject(inner), asObject(outer), place);
    } finally {
      this.#assumed.delete(pair);
    }
  }

  /** True when two parts mean the same by what they say: their references included. */
  #same(inner: JsonSchema, outer: JsonSchema): boolean {
    const text = meaningText(inner);
    this.#budget.spend(text.length);
    if (text !== meaningText(outer) || !sameCodeType(inner, outer)) return false;
    return this.#sameDefinitions || !text.includes('"$ref"');
  }

  /** True when a keyword says the same in both. */
  #sameKeywords(inner: JsonSchemaObject, outer: JsonSchemaObject, keywords: readonly string[]): boolean {
    const pick = (schema: JsonSchemaObject) =>
      canonicalJson(keywords.map((keyword) => Reflect.get(schema, keyword) ?? null));
    const text = pick(inner);
    return text === pick(outer) && (this.#sameDefinitions || !text.includes('"$ref"'));
  }

  #compareNodes(inner: JsonSchemaObject, outer: JsonSchemaObject, place: Place): readonly Reason[] {
    const plain = this.#plainInner(inner);
    if (plain === undefined) return [reason("unproved", "has a reference that leads nowhere", place, inner, outer)];
    if (acceptsNothing(plain)) return proved;
    const values = finiteValues(plain);
    if (values) return this.#compareValues(values, plain, outer, place);
    const branches = plain.anyOf ?? plain.oneOf;
    if (branches) {
      const rest = without(plain, plain.anyOf ? "anyOf" : "oneOf");
      return firstOf(branches, (branch) => this.compare(merge(branch, rest).schema, outer, place));
    }
    if (typesOf(plain).length !== 1) {
      return firstOf(typesOf(plain), (type) => this.#compareTyped({ ...plain, type }, outer, place));
    }
    return this.#compareTyped(plain, outer, place);
  }

  /** The inner schema with its references followed and its `allOf` merged: it accepts at least as much. */
  #plainInner(schema: JsonSchemaObject): JsonSchemaObject | undefined {
    let plain = schema;
    for (let i = 0; plain.$ref !== undefined || plain.allOf; i++) {
      if (i > maxLevel) return undefined;
      const { $ref, allOf = [] } = plain;
      const target = $ref === undefined ? true : this.#inner.target($ref);
      if (target === undefined) return undefined;
      plain = [target, ...allOf].reduce<JsonSchemaObject>(
        (all, part) => merge(all, part).schema,
        without(plain, "$ref", "allOf"),
      );
    }
    return plain;
  }

  #compareValues(
    values: readonly JsonValue[],
    inner: JsonSchemaObject,
    outer: JsonSchemaObject,
    place: Place,
  ): readonly Reason[] {
    if (!sameCodeType(inner, outer)) return [codeTypeReason(inner, outer, place)];
    const [isInner, isOuter] = [this.#inner.judge(inner), this.#outer.judge(outer)];
    for (const value of values) {
      this.#budget.spend(stepWork);
      if (isInner?.(value) === false || isOuter?.(value) === true) continue;
      const kind: ReasonKind = isOuter ? "value" : "unproved";
      return [reason(kind, `the value ${shorten(JSON.stringify(value), 80)} is not accepted`, place, inner, outer)];
    }
    return proved;
  }

  /** The inner schema has one type, no union and no reference; the outer one may be anything. */
  #compareTyped(inner: JsonSchemaObject, outer: JsonSchemaObject, place: Place): readonly Reason[] {
    const values = finiteValues(inner);
    if (values) return this.#compareValues(values, inner, outer, place);
    if (acceptsNothing(outer)) return [reason("removed-key", "is not accepted any more", place, inner, outer)];
    const { $ref, allOf = [], anyOf, oneOf, ...own } = outer;
    const target = $ref === undefined ? true : this.#outer.target($ref);
    if (target === undefined) return [reason("unproved", "has a reference that leads nowhere", place, inner, outer)];
    const reasons = [target, ...allOf].flatMap((part) => this.#compareAgainst(inner, part, place));
    if (anyOf) reasons.push(...this.#compareUnion(inner, anyOf, place));
    if (oneOf) reasons.push(...this.#compareOneOf(inner, oneOf, outer, place));
    // The parts have judged the code's type, if there are any.
    const hasParts = $ref !== undefined || allOf.length > 0 || anyOf !== undefined || oneOf !== undefined;
    reasons.push(...this.#compareOwn(inner, hasParts ? withCodeTypeOf(inner, own) : own, place));
    return reasons;
  }

  #compareAgainst(inner: JsonSchemaObject, outer: JsonSchema, place: Place): readonly Reason[] {
    return acceptsAll(outer) ? proved : this.compare(inner, outer, place);
  }

  #compareUnion(inner: JsonSchemaObject, branches: readonly JsonSchema[], place: Place): readonly Reason[] {
    const all: (readonly Reason[])[] = [];
    for (const branch of branches) {
      const reasons = this.compare(inner, branch, place);
      if (reasons.length === 0) return proved;
      all.push(reasons);
    }
    const parts = this.#split(inner);
    if (parts) return firstOf(parts, (part) => this.#compareUnion(part, branches, place));
    const isProved = (reasons: readonly Reason[]) => reasons.every(({ kind }) => kind !== "unproved");
    // The reason of the branch that was meant: the only one of this type.
    const near = all.filter((reasons) => reasons.every(({ kind }) => kind !== "type" && kind !== "value"));
    if (near.length === 1 && near[0] && all.every(isProved)) return near[0];
    const kind = near.length === 0 && all.every(isProved) ? "union" : "unproved";
    return [reason(kind, "fits none of the alternatives as a whole", place, inner, { anyOf: branches })];
  }

  /** `oneOf` accepts what one branch alone accepts: provable where no two branches can accept the same. */
  #compareOneOf(
    inner: JsonSchemaObject,
    branches: readonly JsonSchema[],
    outer: JsonSchemaObject,
    place: Place,
  ): readonly Reason[] {
    if (this.#sameKeywords(inner, outer, ["oneOf"])) return proved;
    const areApart = branches.every((branch, index) =>
      branches.slice(index + 1).every((other) => areDisjoint(branch, other)),
    );
    if (areApart) return this.#compareUnion(inner, branches, place);
    return [reason("unproved", "has alternatives of which exactly one must fit", place, inner, outer)];
  }

  /** An object as several, one for each value that one of its required properties can have. */
  #split(inner: JsonSchemaObject): JsonSchemaObject[] | undefined {
    if (inner.type !== "object") return undefined;
    for (const key of inner.required ?? []) {
      const property = Object.hasOwn(inner.properties ?? {}, key) ? inner.properties?.[key] : undefined;
      const plain = property === undefined ? undefined : this.#plainInner(asObject(property));
      const values = plain && (finiteValues(plain) ?? constantsOf(plain));
      if (!values || values.length < 2 || values.length > maxSplits) continue;
      return values.map((value) => withConstant(inner, key, value));
    }
    return undefined;
  }

  /** The keywords of the outer schema that are neither references nor unions. */
  #compareOwn(inner: JsonSchemaObject, outer: JsonSchemaObject, place: Place): readonly Reason[] {
    if (!sameCodeType(inner, outer)) return [codeTypeReason(inner, outer, place)];
    if (outer.const !== undefined || outer.enum) {
      return [reason("value", "can have values that are not among those that are allowed", place, inner, outer)];
    }
    const type = inner.type === "integer" ? "number" : inner.type;
    const allowed = typesOf(outer);
    const fits = allowed.some((name) => name === type || name === inner.type);
    const isWhole = inner.type === "integer" || Number.isInteger(inner.multipleOf);
    if (!fits && !(type === "number" && allowed.includes("integer") && isWhole)) {
      return [reason("type", `a ${String(type)} is not accepted`, place, inner, outer)];
    }
    const reasons: Reason[] = [];
    for (const group of incomparable) {
      if (group.every((keyword) => !Object.hasOwn(outer, keyword))) continue;
      if (this.#sameKeywords(inner, outer, group) && !group.includes("unevaluatedProperties")) continue;
      reasons.push(
        reason(
          "unproved",
          `cannot be compared: ${group.filter((name) => Object.hasOwn(outer, name)).join(", ")}`,
          place,
          inner,
          outer,
        ),
      );
    }
    if (constraints(outer).length === 0) return reasons;
    if (type === "number") reasons.push(...numberReasons(inner, outer, place));
    if (type === "string") reasons.push(...stringReasons(inner, outer, place));
    if (type === "array") reasons.push(...arrayReasons(this, inner, outer, place));
    if (type === "object") reasons.push(...objectReasons(this, inner, outer, place));
    return reasons;
  }
}

/** Keywords that are only ever found equal, each with those that change its meaning. */
const incomparable: readonly (readonly string[])[] = [
  ["not"],
  ["if", "then", "else"],
  ["dependentRequired"],
  ["dependentSchemas"],
  ["dependencies"],
  ["propertyNames"],
  ["contains", "minContains", "maxContains"],
  ["unevaluatedProperties", "unevaluatedItems"],
];

/** The reasons of the first part that has any. */
function firstOf<T>(parts: readonly T[], compare: (part: T) => readonly Reason[]): readonly Reason[] {
  for (const part of parts) {
    const reasons = compare(part);
    if (reasons.length > 0) return reasons;
  }
  return proved;
}

function hasRef(schema: JsonSchema): boolean {
  return typeof schema === "object" && (schema.$ref !== undefined || schema.allOf !== undefined);
}

function withConstant(schema: JsonSchemaObject, key: string, value: JsonValue): JsonSchemaObject {
  return { ...schema, properties: { ...schema.properties, [key]: { const: value } } };
}
