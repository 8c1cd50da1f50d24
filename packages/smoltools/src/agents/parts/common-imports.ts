/**
 * The modules of a list that another list allows as well: `"a"` allows `a`; `"a.b"` allows `a` and `a.b`; `"a.*"` allows
 * `a` and all in it; `"*"` allows all. See `PythonOptions.imports`.
 *
 * @returns What both allow, and what the first list wants beyond that.
 */
export function commonImports(
  wanted: readonly string[] | "*",
  allowed: readonly string[] | "*",
): [common: readonly string[] | "*", refused: string[]] {
  const [want, allow] = [listOf(wanted), listOf(allowed)];
  if (allow.includes("*")) return [wanted, []];
  if (want.includes("*")) return [allow, ["*"]];
  const common = want.filter((name) => allow.some((pattern) => covers(pattern, name)));
  const refused = want.filter((name) => !common.includes(name));
  // Of "a.*" what is allowed by name is left.
  const within = allow.filter((name) => refused.some((pattern) => pattern.endsWith(".*") && covers(pattern, name)));
  return [[...new Set([...common, ...within])], refused];
}

function listOf(imports: readonly string[] | "*"): readonly string[] {
  return imports === "*" ? ["*"] : imports;
}

/** Whether everything that a name allows is allowed by a pattern. */
function covers(pattern: string, name: string): boolean {
  if (pattern === name) return true;
  if (pattern.endsWith(".*")) {
    const root = pattern.slice(0, -2);
    return name === root || name.startsWith(`${root}.`);
  }
  // "a.b" allows "a" as well.
  return pattern.startsWith(`${name}.`) && !name.endsWith("*");
}
