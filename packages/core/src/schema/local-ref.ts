/**
 * The key of a reference to the schema's own definitions.
 *
 * @param ref - A `$ref` such as `"#/$defs/Shape"`; `"#/definitions/Shape"` of older drafts is understood too.
 * @returns The key, or `undefined` for every other reference.
 */
export function resolveLocalRef(ref: string): string | undefined {
  const match = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(ref);
  if (!match?.[1]) return undefined;
  let key = match[1];
  try {
    key = decodeURIComponent(key);
  } catch {
    // A stray percent sign is part of the name.
  }
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}
