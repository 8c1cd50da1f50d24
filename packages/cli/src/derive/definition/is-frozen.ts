import type { DefinitionView } from "../engine/port.ts";

/**
 * True for a definition with `frozen: true`: what it declares was said elsewhere, by the source that it was converted
 * from, and is taken word for word. It may leave properties without a description, and its output without a schema.
 */
export function isFrozen({ members }: DefinitionView): boolean {
  return members.get("frozen")?.initial?.value === true;
}
