import { type JsonSchema, type JsonSchemaObject, PatternMatcher } from "@smoltools/core";
import { type Comparison, type Place, type Reason, reason, within } from "./reason.ts";
import { acceptsNothing } from "./schema-node.ts";

/** Why objects of the inner schema do not fit the outer one: which properties, how many, and what is in them. */
export function objectReasons(
  comparison: Comparison,
  inner: JsonSchemaObject,
  outer: JsonSchemaObject,
  place: Place,
): readonly Reason[] {
  const own = new Properties(inner);
  const other = new Properties(outer);
  // An object that must have what it cannot have does not exist.
  if (own.required.some((key) => acceptsNothing(own.schema(key)))) return [];
  const reasons: Reason[] = [];
  for (const key of new Set([...own.names, ...other.names])) {
    const at = within(place, "properties", key);
    const schema = own.schema(key);
    const isRequired = own.required.includes(key);
    if (other.required.includes(key) && !isRequired) {
      reasons.push(reason("required", "must be given", at, own.knows(key) ? schema : undefined, other.schema(key)));
    }
    if (acceptsNothing(schema)) continue;
    const expected = other.schema(key);
    if (acceptsNothing(expected)) {
      // A name that neither schema lists is judged with all such names, below.
      const isListed = own.knows(key) || other.knows(key);
      if (isListed) reasons.push(reason("removed-key", "is not accepted any more", at, schema));
      continue;
    }
    reasons.push(...comparison.compare(schema, expected, at));
  }
  reasons.push(...furtherNames(comparison, own, other, place), ...counts(own, other, place));
  return reasons;
}

/** Names that neither schema lists. */
function furtherNames(comparison: Comparison, own: Properties, other: Properties, place: Place): readonly Reason[] {
  const reasons: Reason[] = [];
  const at = within(place, "additionalProperties");
  for (const [pattern, schema] of own.patterns) {
    for (const [otherPattern, expected] of other.patterns) {
      // Different patterns may match the same names, so both have to hold.
      reasons.push(...comparison.compare(schema, expected, within(place, "patternProperties", otherPattern)));
    }
    if (!other.patterns.has(pattern)) reasons.push(...comparison.compare(schema, other.further, at));
  }
  if (acceptsNothing(own.further)) return reasons;
  for (const [pattern, expected] of other.patterns) {
    if (own.patterns.has(pattern)) continue;
    reasons.push(...comparison.compare(own.further, expected, within(place, "patternProperties", pattern)));
  }
  if (acceptsNothing(other.further)) {
    reasons.push(reason("unknown-key", "takes no further properties", place, own.node, other.node));
  } else {
    reasons.push(...comparison.compare(own.further, other.further, at));
  }
  return reasons;
}

function counts(own: Properties, other: Properties, place: Place): readonly Reason[] {
  const reasons: Reason[] = [];
  const { minProperties = 0, maxProperties = Infinity } = other.node;
  if (Math.max(own.node.minProperties ?? 0, new Set(own.required).size) < minProperties) {
    reasons.push(reason("count", `must have at least ${minProperties} properties`, place, own.node, other.node));
  }
  if (Math.min(own.node.maxProperties ?? Infinity, own.most) > maxProperties) {
    reasons.push(reason("count", `must have at most ${maxProperties} properties`, place, own.node, other.node));
  }
  return reasons;
}

/** What a schema says of an object's properties. */
class Properties {
  readonly node: JsonSchemaObject;
  readonly required: readonly string[];
  readonly patterns: ReadonlyMap<string, JsonSchema>;
  /** What holds for names that are neither listed nor matched by a pattern. */
  readonly further: JsonSchema;
  readonly #listed: ReadonlyMap<string, JsonSchema>;

  constructor(node: JsonSchemaObject) {
    this.node = node;
    this.required = node.required ?? [];
    this.patterns = new Map(Object.entries(node.patternProperties ?? {}));
    this.further = node.additionalProperties ?? true;
    this.#listed = new Map(Object.entries(node.properties ?? {}));
  }

  get names(): string[] {
    return [...new Set([...this.#listed.keys(), ...this.required])];
  }

  /** Most properties that an object can have. */
  get most(): number {
    const isClosed = acceptsNothing(this.further) && this.patterns.size === 0;
    return isClosed ? [...this.#listed.values()].filter((schema) => !acceptsNothing(schema)).length : Infinity;
  }

  knows(key: string): boolean {
    return this.#listed.has(key);
  }

  /**
   * What holds for the property of a name.
   *
   * @throws Error when that takes too long to find out.
   */
  schema(key: string): JsonSchema {
    const parts: JsonSchema[] = [];
    const listed = this.#listed.get(key);
    if (listed !== undefined) parts.push(listed);
    for (const [pattern, schema] of this.patterns) {
      const matches = new PatternMatcher(pattern).matches(key, () => undefined);
      if (matches === undefined) throw new Error("a name in it is too long for its patterns");
      if (matches) parts.push(schema);
    }
    if (parts.length === 0) return this.further;
    return parts.length === 1 ? (parts[0] ?? true) : { allOf: parts };
  }
}
