import type { ToolAnnotations } from "@smoltools/core";

const hints: ReadonlyMap<string, Exclude<keyof ToolAnnotations, "title">> = new Map([
  ["readOnly", "readOnlyHint"],
  ["destructive", "destructiveHint"],
  ["idempotent", "idempotentHint"],
  ["openWorld", "openWorldHint"],
]);

/** The hints that an annotation can give, by their names in MCP. */
export const annotationNames: ReadonlySet<string> = new Set(hints.values());

/**
 * Adds what an `@annotation` tag says: names, each with an optional `true` or `false` behind it.
 *
 * @returns What is wrong with the tag; `undefined` when it is well formed.
 */
export function addAnnotations(annotations: ToolAnnotations, text: string): string | undefined {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const names = [...hints.keys()].join(", ");
  if (words.length === 0) return `it names nothing: the annotations are ${names}`;
  for (const [index, word] of words.entries()) {
    const hint = hints.get(word);
    if (hint) annotations[hint] = words[index + 1] !== "false";
    else if (!["true", "false"].includes(word) || !hints.has(words[index - 1] ?? "")) {
      return `"${word}" is no annotation: they are ${names}, each with an optional "false" behind it`;
    }
  }
  return undefined;
}
