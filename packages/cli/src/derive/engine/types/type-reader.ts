import type { ts } from "ts-morph";
import type { TypeScript } from "../compiler/load-typescript.ts";
import { LazyTypeView } from "./lazy-type-view.ts";
import type { DocSource, Place, TypeView } from "../port.ts";
import { docSource } from "../doc-source.ts";
import type { Doubt, Reader } from "../reader.ts";
import { sourcePlace } from "../source-place.ts";

/** "Type instantiation is excessively deep", "Expression produces a union type that is too complex to represent". */
const givenUp: ReadonlySet<number> = new Set([2589, 2590]);

/** Reads the types of one program. */
export class TypeReader implements Reader {
  readonly ts: TypeScript;
  readonly checker: ts.TypeChecker;
  readonly doubts: Set<Doubt> = new Set();
  readonly #program: ts.Program;
  readonly #libraryDirectory: string;

  constructor(ts: TypeScript, program: ts.Program, libraryDirectory: string) {
    this.ts = ts;
    this.#program = program;
    this.checker = program.getTypeChecker();
    this.#libraryDirectory = `${libraryDirectory}/`;
  }

  view(type: ts.Type, node?: ts.TypeNode): TypeView {
    return new LazyTypeView(type, node, this);
  }

  place(node: ts.Node): Place {
    const file = node.getSourceFile();
    const start = node.getStart(file);
    return sourcePlace(file, start, node.end - start);
  }

  userPlace(node: ts.Node | undefined): Place | undefined {
    return node && !this.isForeign(node) ? this.place(node) : undefined;
  }

  isForeign(node: ts.Node | undefined): boolean {
    return node !== undefined && (this.isLibrary(node) || this.isPackage(node));
  }

  isLibrary(node: ts.Node): boolean {
    const { fileName } = node.getSourceFile();
    // Of the library's classes only the name counts: otherwise a date would be an object with methods.
    return fileName.startsWith(this.#libraryDirectory) || fileName.includes("/node_modules/@types/node/");
  }

  isPackage(node: ts.Node): boolean {
    return !this.isLibrary(node) && node.getSourceFile().fileName.includes("/node_modules/");
  }

  hasGivenUp(): boolean {
    return this.#program.getGlobalDiagnostics().some(({ code }) => givenUp.has(code));
  }

  docOf(declarations: readonly ts.Declaration[] | undefined): DocSource | undefined {
    for (const declaration of declarations ?? []) {
      if (this.isLibrary(declaration)) continue;
      if (this.isPackage(declaration)) this.doubts.add("package types");
      const doc = docSource(this.ts, declaration);
      if (doc) return doc;
    }
    return undefined;
  }
}
