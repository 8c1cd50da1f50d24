import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { specifierOf } from "../../../scripts/release/workspace-packages.ts";

const { packed, everything } = inject("consumers");

/** What is used of TypeScript 5.9. */
interface Compiler {
  createProgram(files: string[], options: object): { getTypeChecker(): Checker; getSourceFile(path: string): unknown };
  SymbolFlags: { Value: number; Alias: number };
  ModuleKind: { NodeNext: number };
  ModuleResolutionKind: { NodeNext: number };
  forEachChild(node: unknown, visit: (child: { moduleSpecifier?: { text: string } }) => void): void;
}
interface Exported {
  name: string;
  flags: number;
}
interface Checker {
  getSymbolAtLocation(node: unknown): unknown;
  getExportsOfModule(symbol: unknown): Exported[];
  getAliasedSymbol(symbol: Exported): Exported;
}

/** The names that each import of each package exports, one a line; those of types are marked. */
async function exportedNames(): Promise<string[]> {
  const compiler = createRequire(join(everything, "package.json"))("typescript-5") as Compiler;
  const specifiers = packed.flatMap(({ name, subpaths }) => subpaths.map((subpath) => specifierOf(name, subpath)));
  const path = join(everything, "exports.ts");
  await writeFile(path, specifiers.map((specifier) => `import "${specifier}";\n`).join(""));
  const nodeNext = { module: compiler.ModuleKind.NodeNext, moduleResolution: compiler.ModuleResolutionKind.NodeNext };
  const program = compiler.createProgram([path], { ...nodeNext, types: ["node"], noEmit: true });
  const checker = program.getTypeChecker();
  const found: string[] = [];
  compiler.forEachChild(program.getSourceFile(path), ({ moduleSpecifier }) => {
    if (!moduleSpecifier) return;
    const names = checker.getExportsOfModule(checker.getSymbolAtLocation(moduleSpecifier)).map((symbol) => {
      const { flags } = symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return flags & compiler.SymbolFlags.Value ? symbol.name : `type ${symbol.name}`;
    });
    if (names.length === 0) throw new Error(`${moduleSpecifier.text} exports nothing`);
    found.push(...names.sort().map((name) => `${moduleSpecifier.text} ${name}`));
  });
  return found;
}

// Adding a name is a promise, and taking one away breaks programs: either is a change of the file `exports.txt`,
// which `pnpm test:packages --update` writes anew.
it("the names that the packages export are those that are written down", async () => {
  const names = await exportedNames();
  await expect(`${names.join("\n")}\n`).toMatchFileSnapshot("exports.txt");
});
