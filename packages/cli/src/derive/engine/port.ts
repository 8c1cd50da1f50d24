import type { JsonValue } from "@smoltools/core";

/**
 * What derivation sees of a source file: plain views, made by the engine when they are asked for.
 *
 * Everything that knows a compiler lies behind these interfaces, so that another engine can stand there.
 */

/** A stretch of source text. Line and column count from 1, the column and the length in UTF-16 units. */
export interface Place {
  /** Relative to the working directory where it lies inside of it, else absolute. */
  file: string;
  line: number;
  column: number;
  length: number;
}

/** A JSDoc comment as written, from `/**` to its end. */
export interface DocSource {
  readonly comment: string;
  /** Offset of the only tag in the comment that is meant, such as one `@property` of a `@typedef`. */
  readonly tagOffset?: number | undefined;
  /** Where a part of the comment stands; offsets count from its start. */
  placeOf(offset: number, length: number): Place;
}

/** A source file with what it exports. */
export interface ModuleView {
  /** Problems of the text itself: it cannot be parsed. */
  readonly syntaxErrors: readonly { place: Place; message: string }[];
  /** What is exported again from a module that cannot be read: whether it holds tools is not known. */
  readonly lostExports: readonly { place: Place; from: string }[];
  /** In source order. */
  readonly exports: readonly ExportView[];
  /** Reads the calls in a snippet of code; `undefined` when it cannot be parsed. */
  readCalls(code: string): readonly CallView[] | undefined;
}

/** Something callable that a file exports. */
export type ExportView =
  | { readonly kind: "function"; readonly function: FunctionView }
  | { readonly kind: "definition"; readonly definition: DefinitionView }
  | { readonly kind: "default"; readonly name: string; readonly place: Place };

/** A tool that is an object or a class: its members say what it is, and a method does the work. */
export interface DefinitionView {
  readonly exportName: string;
  /** Its class, where it has one with a name. */
  readonly className: string | undefined;
  /** What is exported: the object itself, or a class to make it of. */
  readonly on: "object" | "class";
  /** It is made by `tool()`, or extends `Tool`, of smoltools. */
  readonly isOurs: boolean;
  readonly place: Place;
  readonly doc: DocSource | undefined;
  /** Why its members cannot be read, and where. */
  readonly unreadable: { readonly place: Place; readonly what: string } | undefined;
  /** How many arguments its class asks for. */
  readonly constructorArguments: number;
  /** The members that are written out, in the order of the source. */
  readonly members: ReadonlyMap<string, MemberView>;
  /** The first of some names that is a method. */
  method(names: readonly string[]): { readonly name: string; readonly function: FunctionView } | undefined;
}

/** A member of a definition. */
export interface MemberView {
  /** Of its name. */
  readonly place: Place;
  /** Its value, where there is an expression for one. */
  readonly initial: Constant | undefined;
  /** Where a part of the value stands, if that is written out: `["properties", "city"]`. */
  placeOf(path: readonly string[]): Place | undefined;
}

/** A call in a snippet of code. */
export interface CallView {
  /** The names on the way to the function: `["weather", "forecast"]` for `weather.forecast(…)`. */
  readonly callee: readonly string[];
  /** The value is `undefined` for an argument that is not made of literals. */
  readonly arguments: readonly { readonly isUndefined: boolean; readonly value: JsonValue | undefined }[];
  /** What a comment `// => …` says the call returns; its value is `undefined` when it is not made of literals. */
  readonly result: { readonly text: string; readonly value: JsonValue | undefined } | undefined;
}

/** A function with the type of its result, promises already awaited. */
export interface FunctionView {
  readonly exportName: string;
  /** Its name where it is declared, or where it is exported if that is in a package. */
  readonly place: Place;
  /** Its declaration, above which a comment on it belongs; absent when it is declared in a package. */
  readonly home: { readonly place: Place; /** How it begins. */ readonly start: string } | undefined;
  readonly doc: DocSource | undefined;
  /** It is declared in a package, or in the standard library. */
  readonly isForeign: boolean;
  /** More than one: it is overloaded. */
  readonly signatureCount: number;
  readonly parameters: readonly ParameterView[];
  readonly result: TypeView;
  /** The type as it is written, or the function's name where it is inferred. */
  readonly resultPlace: Place;
}

/** A parameter. */
export interface ParameterView {
  /** Absent for a destructured one. */
  readonly name: string | undefined;
  readonly place: Place;
  readonly type: TypeView;
  /** It has an annotation, an initialiser, a JSDoc type, or a type from where the function is assigned. */
  readonly typed: boolean;
  /** It is declared in a package, or in the standard library. */
  readonly isForeign: boolean;
  readonly optional: boolean;
  readonly rest: boolean;
  /** The comment on the parameter itself. */
  readonly doc: DocSource | undefined;
  readonly initial: Constant | undefined;
  /** The parts of a destructured parameter. */
  readonly bindings: readonly BindingView[];
}

/** One property that a destructuring takes out. */
export interface BindingView {
  readonly property: string;
  readonly initial: Constant | undefined;
  readonly bindings: readonly BindingView[];
}

/** An initialiser: its value, or nothing but its place where it is not made of literals. */
export interface Constant {
  readonly place: Place;
  /** As written, shortened. */
  readonly text: string;
  /** `undefined` when the initialiser is not made of literals. */
  readonly value: JsonValue | undefined;
  /** It is the literal `undefined`. */
  readonly isUndefined: boolean;
}

/** A type at one place in the source. */
export interface TypeView {
  /** The same object for the same type, wherever it is met. */
  readonly id: object;
  /** What the type's instantiations share, if it has type arguments. */
  readonly family: object | undefined;
  readonly shape: TypeShape;
  /** Name of the alias, interface, class or enum with its type arguments; absent for a type without a name. */
  readonly name: string | undefined;
  /** As TypeScript prints it, for messages. */
  readonly text: string;
  /** Comments on the aliases and interfaces that the type was reached through, outermost first. */
  readonly docs: readonly DocSource[];
  /** Where the type is written, if that is in the user's own code. */
  readonly place: Place | undefined;
  /** It is written in a package, or in the standard library, or is an alias of theirs. */
  readonly isForeign: boolean;
}

/** What a type is made of. */
export type TypeShape =
  | {
      readonly kind: "any";
      /** The name that could not be found. */
      readonly missing: string | undefined;
      /** The compiler gave it up: it has no end, or too many forms. */
      readonly isEndless: boolean;
    }
  | { readonly kind: "unknown" | "never" | "null" | "non-primitive" | "empty object" }
  | { readonly kind: "nothing" }
  | { readonly kind: "symbol" }
  | { readonly kind: "string" | "number" | "boolean" | "bigint" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "bigint literal"; readonly digits: string }
  | { readonly kind: "template"; readonly texts: readonly string[]; readonly types: readonly TypeView[] }
  | { readonly kind: "letter case"; readonly mapping: string; readonly of: TypeView }
  | { readonly kind: "open"; readonly what: string }
  | { readonly kind: "union"; readonly members: readonly TypeView[] }
  | { readonly kind: "array"; readonly item: TypeView }
  | { readonly kind: "tuple"; readonly elements: readonly TupleElement[] }
  | { readonly kind: "builtin"; readonly name: string; readonly arguments: readonly TypeView[] }
  | { readonly kind: "function" }
  | { readonly kind: "builtin heir"; readonly base: string }
  | { readonly kind: "unsupported"; readonly what: string; readonly fix: string }
  | ObjectShape;

/** An element of a tuple; a rest element's type is that of one item. */
export interface TupleElement {
  readonly type: TypeView;
  readonly kind: "required" | "optional" | "rest";
  readonly label: string | undefined;
}

/** An object type with the properties that JSON can carry: private ones and those named by symbols are left out. */
export interface ObjectShape {
  readonly kind: "object";
  readonly properties: readonly PropertyView[];
  readonly indexes: readonly IndexView[];
  readonly isClass: boolean;
}

/** A property. */
export interface PropertyView {
  readonly name: string;
  readonly type: TypeView;
  readonly optional: boolean;
  readonly doc: DocSource | undefined;
  /** Absent when it is declared in a package. */
  readonly place: Place | undefined;
  /** It is declared in a package, or in the standard library. */
  readonly isForeign: boolean;
  /** A JSDoc comment beside the property that TypeScript does not attach to it, as on one line with `{`. */
  readonly stray: Place | undefined;
}

/** An index signature. */
export interface IndexView {
  readonly key: TypeView;
  readonly type: TypeView;
}
