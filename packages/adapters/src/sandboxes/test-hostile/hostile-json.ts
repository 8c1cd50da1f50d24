import fc from "fast-check";

/** Names that mean something to objects, or to the protocol. */
const keys = fc.constantFrom(
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
  "toString",
  "valueOf",
  "then",
  "toJSON",
  "length",
  "type",
  "id",
  "run",
  "calls",
  "texts",
  "json",
  "failure",
  "name",
);

/** JSON values such as a hostile guest would choose them. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }),
  fc.object({ key: keys, maxDepth: 2, values: [fc.string(), fc.integer(), fc.constant(null), fc.boolean()] }),
  fc.constantFrom<unknown>(-1, -0, 0.5, 2 ** 53, 1e308, "", "\0", "\ud800", [], {}, [[]], null, true),
);

/** A message with one of its parts replaced by something else. */
export function spoilt(messages: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  return fc.tuple(messages, fc.nat(), hostileJson).map(([message, at, value]) => {
    const places = placesIn(message);
    const place = places[at % places.length];
    const copy = structuredClone(message);
    if (place) place(copy, value);
    return copy;
  });
}

type Place = (root: unknown, value: unknown) => void;

/** Every part of a value, as a function that sets it. */
function placesIn(value: unknown, path: readonly string[] = []): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const set: Place = (root, replacement) => {
      let parent = root as Record<string, unknown>;
      for (const step of path) parent = parent[step] as Record<string, unknown>;
      parent[key] = replacement;
    };
    return [set].concat(placesIn(part, path.concat(key)));
  });
}
