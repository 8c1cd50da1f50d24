/**
 * How deep brackets are nested in code, at most. Those in texts and comments count as well: what matters is that no
 * parser meets more.
 */
export function nesting(code: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of code.matchAll(/[()[\]{}]/g)) {
    depth = "([{".includes(bracket) ? depth + 1 : Math.max(depth - 1, 0);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
