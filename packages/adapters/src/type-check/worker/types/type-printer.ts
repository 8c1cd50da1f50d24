import { propertyKey } from "../../variable-type.ts";
import type { StepView } from "../step/step-view.ts";
import { ElementFlags, SignatureKind, SymbolFlags, type Type, TypeFlags } from "../typescript.ts";

const maxDepth = 6;
/** Types printed for one variable: each takes messages to the TypeScript process. */
const maxSteps = 150;

/** Types of the library that are printed by name, with their arguments. */
const library: ReadonlySet<string> = new Set(["Date", "Map", "Promise", "RegExp", "Set", "URL"]);

/**
 * Prints types of a step so that they hold outside of it.
 *
 * What tools and variables declare is printed as declared; objects of the code's own making get room for any other
 * property; what cannot be told becomes `any`.
 */
export class TypePrinter {
  readonly #view: StepView;
  #steps = 0;

  constructor(view: StepView) {
    this.#view = view;
  }

  text(type: Type): string {
    this.#steps = 0;
    return this.#print(type, 0);
  }

  #print(type: Type, depth: number): string {
    this.#steps += 1;
    if (depth > maxDepth || this.#steps > maxSteps) return "any";
    const { types } = this.#view;
    const sort = types.sortOf(type);
    switch (sort) {
      case "string":
      case "number":
      case "bigint":
      case "boolean":
        return sort;
      case "union":
        return this.#union(types.members(type), depth);
      case "object":
        return this.#object(type, depth);
      default:
        return type.flags & TypeFlags.Void ? "void" : "any";
    }
  }

  #union(members: readonly Type[], depth: number): string {
    const texts = new Set(members.map((member) => this.#print(member, depth)));
    return texts.has("any") ? "any" : `(${[...texts].join(" | ")})`;
  }

  #object(type: Type, depth: number): string {
    const { checker, types, paths } = this.#view;
    const alias = type.getAliasSymbol();
    if (alias?.declarations.some(({ path }) => path === paths.tools)) return alias.name;
    if (types.isArray(type)) return this.#array(type, depth);
    if (types.isFunction(type)) return this.#function(type, depth);
    const name = types.libraryName(type);
    if (name !== undefined && library.has(name)) {
      const args = type.isTypeReference() ? checker.getTypeArguments(type) : [];
      return args.length === 0 ? name : `${name}<${args.map((arg) => this.#print(arg, depth + 1)).join(", ")}>`;
    }
    const isDeclared = types.isDeclared(type);
    return isDeclared || this.#isOwnLiteral(type) ? this.#members(type, isDeclared, depth) : "any";
  }

  #array(type: Type, depth: number): string {
    const elements = type.isTypeReference() ? this.#view.checker.getTypeArguments(type) : [];
    if (!this.#view.checker.isTupleType(type)) return `${this.#print(elements[0] ?? type, depth + 1)}[]`;
    const target = type.isTypeReference() ? type.getTarget() : type;
    const isFixed = target.isTupleType() && target.elementFlags.every((flags) => flags === ElementFlags.Required);
    return isFixed ? `[${elements.map((element) => this.#print(element, depth + 1)).join(", ")}]` : "any[]";
  }

  /** Code of a model rarely says what its functions take; what they give is known. */
  #function(type: Type, depth: number): string {
    const { checker, paths } = this.#view;
    const symbol = type.getSymbol();
    if (symbol?.declarations.some(({ path }) => path === paths.tools)) return `typeof ${symbol.name}`;
    const [signature, ...others] = checker.getSignaturesOfType(type, SignatureKind.Call);
    if (!signature || others.length > 0 || signature.getTypeParameters().length > 0) return "any";
    const result = checker.getReturnTypeOfSignature(signature);
    return `((...args: any[]) => ${result ? this.#print(result, depth + 1) : "any"})`;
  }

  /** An object literal of the code, and nothing that inherits or has been mapped. */
  #isOwnLiteral(type: Type): boolean {
    const flags = type.getSymbol()?.flags ?? 0;
    return (flags & SymbolFlags.ObjectLiteral) !== 0;
  }

  #members(type: Type, isClosed: boolean, depth: number): string {
    const { checker } = this.#view;
    const properties = checker.getPropertiesOfType(type);
    if (this.#steps + properties.length > maxSteps) return "any";
    const types = checker.getTypeOfSymbol(properties);
    const members = properties.map(({ name, flags }, index) => {
      const member = types[index];
      const optional = flags & SymbolFlags.Optional ? "?" : "";
      return `${propertyKey(name)}${optional}: ${member ? this.#print(member, depth + 1) : "any"}`;
    });
    const [index] = checker.getIndexInfosOfType(type);
    if (!isClosed) members.push("[key: string]: any");
    else if (index) members.push(`[key: string]: ${this.#print(index.valueType, depth + 1)}`);
    return `{ ${members.join("; ")} }`;
  }
}
