/** What a provider understands of JSON Schema, and what stands in for the rest. */
export interface Dialect {
  /** Whether a keyword that limits values is passed on. The others are told in the description. */
  readonly keeps: (keyword: string, value: unknown) => boolean;
  /** A property that may be left out: not among the required ones, or required and `null` when it is left out. */
  readonly optional: "absent" | "null";
  /** Keys that are not known beforehand: as they are, or as a list of objects with `key` and `value`. */
  readonly records: "native" | "entries";
  /** Lists of fixed positions: as they are, or as lists of any of the items' types. */
  readonly tuples: "native" | "list";
  /** Values of any kind, and objects of any keys: as they are, or as a text that holds JSON. */
  readonly anything: "native" | "text";
  /** Types that contain themselves: as references, or as a text that holds JSON where they begin anew. */
  readonly recursion: "native" | "text";
  /** What cannot be said at all, such as `allOf` of different shapes: passed on, or a text that holds JSON. */
  readonly other: "native" | "text";
  /** Which values `const` and `enum` can have. */
  readonly literals: "any" | "scalars" | "texts and numbers";
  /** Whether a description may stand beside a `$ref`. */
  readonly refSiblings: boolean;
  /** What properties may be called; absent: anything. */
  readonly propertyName?: RegExp;
}

/** Everything as it is: for providers that take any JSON Schema. */
export const plainDialect: Dialect = {
  keeps: () => true,
  optional: "absent",
  records: "native",
  tuples: "native",
  anything: "native",
  recursion: "native",
  other: "native",
  literals: "any",
  refSiblings: true,
};
