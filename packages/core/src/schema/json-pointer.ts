/**
 * The keys of a JSON Pointer (RFC 6901) in the fragment of a URI.
 *
 * @param fragment - What follows the `#`: empty, or a text that starts with `/`.
 */
export function pointerKeys(fragment: string): string[] {
  if (fragment === "") return [];
  return fragment
    .slice(1)
    .split("/")
    .map((key) => percentDecoded(key).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Follows keys into a value made of JSON types; `undefined` when they lead nowhere. */
export function followKeys(root: unknown, keys: readonly string[]): unknown {
  let here = root;
  for (const key of keys) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** One step of a JSON Pointer. */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A stray percent sign is part of the key. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
