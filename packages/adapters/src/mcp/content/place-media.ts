import { isMediaRef, type MediaRef } from "@smoltools/core";
import { isRecord } from "../../shared/json-access.ts";

/** Deeper than values are nested. */
const maxDepth = 1000;

/** A place in a value, and the number of the block of content that belongs there. */
export type MediaPlace = [pointer: string, block: number];

/**
 * Puts media back where they stood in a value.
 *
 * @param blocks - What the blocks of the content hold.
 * @param places - As the server wrote them. Those that are none are left out.
 */
export function placeMedia(
  value: unknown,
  blocks: readonly (readonly (string | MediaRef)[])[],
  places: unknown,
): unknown {
  if (!Array.isArray(places)) return value;
  let placed = value;
  for (const place of places as unknown[]) {
    const [pointer, number] = Array.isArray(place) ? (place as unknown[]) : [];
    const media = typeof number === "number" ? blocks[number]?.find(isMediaRef) : undefined;
    if (typeof pointer === "string" && media) placed = withAt(placed, keysOf(pointer), media);
  }
  return placed;
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

function withAt(value: unknown, keys: readonly string[], media: MediaRef): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return media;
  if (Array.isArray(value)) {
    const index = Number(key);
    return value.map((item: unknown, at) => (at === index ? withAt(item, rest, media) : item));
  }
  if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? withAt(item, rest, media) : item]),
  );
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
