import { type Checker, SignatureKind, type Type, TypeFlags, type TypeScriptSymbol } from "../typescript.ts";

/** Sorts of types that are told apart. `other` is what nothing is known of, `nothing` what `null` may be. */
export type Sort =
  | "string"
  | "number"
  | "boolean"
  | "bigint"
  | "symbol"
  | "nothing"
  | "object"
  | "union"
  | "both"
  | "other";

/** What is sure about types. */
export class KnownTypes {
  readonly checker: Checker;
  readonly #certainFiles: ReadonlySet<string>;
  readonly #ownFile: string;

  /**
   * @param certainFiles - Where types are declared of which the values are known to be: tools, and variables.
   * @param ownFile - The code itself: types that come from it say what its author wrote first, not what is there.
   */
  constructor(checker: Checker, certainFiles: readonly string[], ownFile: string) {
    this.checker = checker;
    this.#certainFiles = new Set(certainFiles);
    this.#ownFile = ownFile;
  }

  sortOf({ flags }: Type): Sort {
    if (flags & TypeFlags.StringLike) return "string";
    if (flags & TypeFlags.NumberLike) return "number";
    if (flags & TypeFlags.BooleanLike) return "boolean";
    if (flags & TypeFlags.BigIntLike) return "bigint";
    if (flags & TypeFlags.ESSymbolLike) return "symbol";
    if (flags & (TypeFlags.Nullable | TypeFlags.Void)) return "nothing";
    if (flags & TypeFlags.Object) return "object";
    if (flags & TypeFlags.Union) return "union";
    return flags & TypeFlags.Intersection ? "both" : "other";
  }

  /** The members of a union, or the type itself. */
  members(type: Type): readonly Type[] {
    // Of two sorts at once, `boolean` is told as a union by its flags too.
    return this.sortOf(type) === "union" && type.isUnionType() ? type.getTypes() : [type];
  }

  isPromise(type: Type): boolean {
    return this.libraryName(type) === "Promise";
  }

  isArray(type: Type): boolean {
    return this.sortOf(type) === "object" && (this.checker.isArrayType(type) || this.checker.isTupleType(type));
  }

  isFunction(type: Type): boolean {
    return this.sortOf(type) === "object" && this.checker.getSignaturesOfType(type, SignatureKind.Call).length > 0;
  }

  /** Tells whether a value of the type is one whose members are all known. */
  isCertain(type: Type): boolean {
    switch (this.sortOf(type)) {
      case "string":
      case "number":
      case "boolean":
      case "bigint":
        return true;
      case "nothing":
        return (type.flags & TypeFlags.Void) !== 0;
      case "union":
        return this.members(type).every((member) => this.isCertain(member));
      case "object":
        return this.isDeclared(type) || this.isPromise(type) || this.isArray(type);
      default:
        return false;
    }
  }

  /** Tells whether an object type is part of a tool's declaration, or of that of a variable. */
  isDeclared(type: Type): boolean {
    return this.sortOf(type) === "object" && this.#paths(type.getSymbol()).some((path) => this.#certainFiles.has(path));
  }

  /** Name of an object type that is one of the library's, such as `Map`. */
  libraryName(type: Type): string | undefined {
    if (this.sortOf(type) !== "object") return undefined;
    const symbol = type.getSymbol();
    const isOwn = this.#paths(symbol).some((path) => path === this.#ownFile || this.#certainFiles.has(path));
    // Types without a name have one of TypeScript's making.
    return isOwn || symbol?.name.startsWith("__") ? undefined : symbol?.name;
  }

  #paths(symbol: TypeScriptSymbol | undefined): string[] {
    return symbol?.declarations.map(({ path }) => path as string) ?? [];
  }
}
