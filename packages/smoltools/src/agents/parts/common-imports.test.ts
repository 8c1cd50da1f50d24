import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonImports } from "./common-imports.ts";

/** Whether a list of patterns allows a module, as `PythonOptions.imports` says it. */
function allows(patterns: readonly string[] | "*", module: string): boolean {
  return (patterns === "*" ? ["*"] : patterns).some((pattern) => {
    if (pattern === "*" || pattern === module || pattern.startsWith(`${module}.`)) return true;
    return pattern.endsWith(".*") && module.startsWith(`${pattern.slice(0, -2)}.`);
  });
}

describe("commonImports", () => {
  it.each<[wanted: string[] | "*", allowed: string[] | "*", common: string[] | "*", refused: string[]]>([
    [["math", "os"], ["math"], ["math"], ["os"]],
    ["*", ["math"], ["math"], ["*"]],
    [["math", "*"], ["re"], ["re"], ["*"]],
    [["os"], "*", ["os"], []],
    ["*", "*", "*", []],
    [["numpy.linalg"], ["numpy.*"], ["numpy.linalg"], []],
    [["numpy.*"], ["numpy.linalg"], ["numpy.linalg"], ["numpy.*"]],
    [["numpy.*"], ["numpy"], ["numpy"], ["numpy.*"]],
    [["os"], ["os.path"], ["os"], []],
    [["os.path"], ["os"], [], ["os.path"]],
    [["numpyx"], ["numpy.*"], [], ["numpyx"]],
  ])("of %j, where %j is allowed, are %j", (wanted, allowed, common, refused) => {
    expect(commonImports(wanted, allowed)).toEqual([common, refused]);
  });

  const name = fc.constantFrom("a", "a.b", "a.b.c", "ab", "b", "b.c");
  const pattern = fc.oneof(
    name,
    name.map((module) => `${module}.*`),
    fc.constant("*"),
  );
  const patterns = fc.oneof(fc.array(pattern, { maxLength: 5 }), fc.constant("*" as const));

  it("never allow what one of the lists does not allow", () => {
    fc.assert(
      fc.property(patterns, patterns, name, (wanted, allowed, module) => {
        const [common] = commonImports(wanted, allowed);
        const isAllowed = allows(wanted, module) && allows(allowed, module);
        expect(allows(common, module) && !isAllowed).toBe(false);
      }),
    );
  });

  it("are everything that is wanted, or something is said to be refused", () => {
    fc.assert(
      fc.property(patterns, patterns, name, (wanted, allowed, module) => {
        const [common, refused] = commonImports(wanted, allowed);
        const isWanted = allows(wanted, module) && refused.length === 0;
        expect(isWanted && !allows(common, module)).toBe(false);
      }),
    );
  });
});
