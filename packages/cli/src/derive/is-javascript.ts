import type { Place } from "./engine/port.ts";

/** True for a place in JavaScript, where types are written in comments. */
export function isJavaScript({ file }: Pick<Place, "file">): boolean {
  return /\.[cm]?jsx?$/.test(file);
}
