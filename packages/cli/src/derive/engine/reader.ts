import type { ts } from "ts-morph";
import type { TypeScript } from "./compiler/load-typescript.ts";
import type { DocSource, Place, TypeView } from "./port.ts";

/** What the parts of the engine share while they read one program. */
export interface Reader {
  readonly ts: TypeScript;
  readonly checker: ts.TypeChecker;
  /** What was met that the minimal library may not know the same way as the full one. */
  readonly doubts: Set<Doubt>;
  /**
   * @param node - The annotation that the type comes from, where there is one. It may be more general than the type,
   *   as `T` is for an instantiation.
   */
  view(type: ts.Type, node?: ts.TypeNode): TypeView;
  place(node: ts.Node): Place;
  /** The place of a node in the user's own code; `undefined` in libraries and packages. */
  userPlace(node: ts.Node | undefined): Place | undefined;
  /** True for declarations of the standard library and of Node's. */
  isLibrary(node: ts.Node): boolean;
  /** True for declarations that are not the user's: of a package, or of the standard library. */
  isForeign(node: ts.Node | undefined): boolean;
  /** True for declarations of an installed package. */
  isPackage(node: ts.Node): boolean;
  /** True when the compiler gave a type up, because it has no end or too many forms. */
  hasGivenUp(): boolean;
  /** The comment on the first declaration that has one. */
  docOf(declarations: readonly ts.Declaration[] | undefined): DocSource | undefined;
}

/** Why the minimal library may be too small. */
export type Doubt = "package types" | "inferred result" | "library structure" | "unknown name";
