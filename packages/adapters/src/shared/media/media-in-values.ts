import { isMediaRef, type MediaRef } from "@smoltools/core";

/** Deeper than results are nested that JSON can hold. */
const maxDepth = 256;

/** The media in a value, at whatever depth, in order. Each is there once. */
export function mediaIn(value: unknown): MediaRef[] {
  const found = new Set<MediaRef>();
  visit(value, 0, (media) => {
    found.add(media);
    return false;
  });
  return [...found];
}

/** Tells whether there are media in a value. */
export function holdsMedia(value: unknown): boolean {
  return visit(value, 0, () => true);
}

/** @returns True as soon as `onMedia` says so. */
function visit(value: unknown, depth: number, onMedia: (media: MediaRef) => boolean): boolean {
  if (typeof value !== "object" || value === null || depth > maxDepth) return false;
  if (isMediaRef(value)) return onMedia(value);
  return Object.values(value).some((member) => visit(member, depth + 1, onMedia));
}

/**
 * A result as a text for a model: JSON, in which media say what they are. Nothing is `null`, as where a schema is checked.
 *
 * @throws Error for what no JSON can hold: functions, symbols, big integers, circles.
 */
export function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value ?? null);
  if (text === undefined) throw new Error(`its result is a ${typeof value}, which JSON cannot hold`);
  return text;
}
