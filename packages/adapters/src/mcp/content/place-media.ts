import { isMediaRef, type MediaRef } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";

/** Deeper than values are nested. */
const maxDepth = 1000;

/** A place in a value, and the number of the block of content that belongs there. */
export type MediaPlace = [pointer: string, block: number];

/**
 * Puts media back where they stood in a value, in place: a server can name as many places as its value has.
 *
 * @param value - As it was parsed from JSON, and held by nobody else.
 * @param blocks - What the blocks of the content hold.
 * @param places - As the server wrote them. Those that do not exist are left out.
 * @returns The value, or what takes its place as a whole.
 */
export function placeMedia(
  value: unknown,
  blocks: readonly (readonly (string | MediaRef)[])[],
  places: unknown,
): unknown {
  if (!Array.isArray(places)) return value;
  const around = { value };
  for (const place of places as unknown[]) {
    const [pointer, number] = Array.isArray(place) ? (place as unknown[]) : [];
    const media = typeof number === "number" ? blocks[number]?.find(isMediaRef) : undefined;
    if (typeof pointer === "string" && media) putAt(around, ["value", ...keysOf(pointer)], media);
  }
  return around.value;
}

/**
 * Takes media out of a value: what may stand in a log remains in their places.
 *
 * @param take - Given each, and gives the number of its block.
 */
export function takeMedia(value: unknown, take: (media: MediaRef) => number): { value: unknown; places: MediaPlace[] } {
  const places: MediaPlace[] = [];
  const walk = (part: unknown, pointer: string, depth: number): unknown => {
    if (depth > maxDepth) throw new Error(`its result is nested more than ${maxDepth} deep, or in a circle`);
    if (isMediaRef(part)) {
      places.push([pointer, take(part)]);
      return part.toJSON();
    }
    if (Array.isArray(part)) return part.map((item: unknown, index) => walk(item, `${pointer}/${index}`, depth + 1));
    // Dates and the like write themselves.
    if (!isRecord(part) || "toJSON" in part) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [key, walk(item, `${pointer}/${escaped(key)}`, depth + 1)]),
    );
  };
  return { value: walk(value, "", 0), places };
}

/** Nothing is put where nothing is: a pointer adds no members, and `length` is no item of a list. */
function putAt(root: object, keys: readonly string[], media: MediaRef): void {
  let holder: unknown = root;
  for (const [depth, key] of keys.entries()) {
    if (typeof holder !== "object" || holder === null || isMediaRef(holder)) return;
    if (!Object.hasOwn(holder, key) || (Array.isArray(holder) && !/^\d+$/.test(key))) return;
    if (depth === keys.length - 1) Reflect.set(holder, key, media);
    else holder = Reflect.get(holder, key);
  }
}

/** Source: RFC 6901. */
function keysOf(pointer: string): string[] {
  return pointer === ""
    ? []
    : pointer
        .slice(1)
        .split("/")
        .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
