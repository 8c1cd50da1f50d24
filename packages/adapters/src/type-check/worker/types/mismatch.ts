import type { KnownTypes } from "./known-types.ts";
import { SymbolFlags, type Type, TypeFlags } from "../typescript.ts";

const maxDepth = 5;
/** Types looked at for one question: each takes a message to the TypeScript process. */
const maxSteps = 300;

/**
 * Tells whether no value of a type can be accepted where another type is asked for, once it is JSON.
 *
 * That is much less than TypeScript's assignability: a `string` may be one of the texts that are allowed, an array may
 * have the right length, an object may have been given the missing property since, `null` may stand for anything.
 */
export class Mismatch {
  readonly #types: KnownTypes;
  readonly #written: ReadonlySet<string>;
  #steps = 0;

  /** @param written - Properties that objects may have besides those of their types. */
  constructor(types: KnownTypes, written: ReadonlySet<string>) {
    this.#types = types;
    this.#written = written;
  }

  isSure(source: Type, target: Type): boolean {
    this.#steps = 0;
    return this.#differs(source, target, 0);
  }

  #differs(source: Type, target: Type, depth: number): boolean {
    this.#steps += 1;
    if (depth > maxDepth || this.#steps > maxSteps) return false;
    const from = this.#types.sortOf(source);
    const to = this.#types.sortOf(target);
    if (from === "other" || from === "both" || from === "nothing" || to === "other" || to === "nothing") return false;
    if (from === "union") return this.#types.members(source).every((member) => this.#differs(member, target, depth));
    if (to === "union") return this.#types.members(target).every((member) => this.#differs(source, member, depth));
    if (to === "both")
      return target.isIntersectionType() && target.getTypes().some((part) => this.#differs(source, part, depth));
    if (from === "object" && this.#isNeverJson(source)) return true;
    if (from === "object" && to === "object") return this.#objectDiffers(source, target, depth);
    if (from === "object") return !this.#becomesText(source);
    if (to === "object") return !this.#isEmpty(target);
    return from !== to || this.#otherLiteral(source, target);
  }

  /** Functions and promises never reach a tool. */
  #isNeverJson(type: Type): boolean {
    return this.#types.isPromise(type) || this.#types.isFunction(type);
  }

  #objectDiffers(source: Type, target: Type, depth: number): boolean {
    if (this.#isEmpty(target) || this.#becomesText(source)) return false;
    const sourceIsArray = this.#types.isArray(source);
    const targetIsArray = this.#types.isArray(target);
    if (sourceIsArray !== targetIsArray) return !this.#isUnknownObject(source);
    return sourceIsArray ? this.#elementsDiffer(source, target, depth) : this.#membersDiffer(source, target, depth);
  }

  /** Arrays of different length are not told apart: how many elements there are shows at run time. */
  #elementsDiffer(source: Type, target: Type, depth: number): boolean {
    const [first, ...others] = this.#elements(source);
    const targets = this.#elements(target);
    const [targetFirst] = targets;
    if (!first || !targetFirst) return false;
    if (others.length === 0) return targets.every((element) => this.#differs(first, element, depth + 1));
    return [first, ...others].some((element, index) =>
      this.#differs(element, targets[index] ?? targetFirst, depth + 1),
    );
  }

  #membersDiffer(source: Type, target: Type, depth: number): boolean {
    const { checker } = this.#types;
    for (const wanted of checker.getPropertiesOfType(target)) {
      if (this.#written.has(wanted.name)) continue;
      const given = checker.getPropertyOfType(source, wanted.name);
      if (!given) {
        const isOptional = (wanted.flags & SymbolFlags.Optional) !== 0;
        if (!isOptional && this.#types.isDeclared(source) && !this.#hasIndex(source)) return true;
        continue;
      }
      const [givenType, wantedType] = checker.getTypeOfSymbol([given, wanted]);
      if (givenType && wantedType && this.#differs(givenType, wantedType, depth + 1)) return true;
    }
    return false;
  }

  #elements(type: Type): readonly Type[] {
    return type.isTypeReference() ? this.#types.checker.getTypeArguments(type) : [];
  }

  #hasIndex(type: Type): boolean {
    return this.#types.checker.getIndexInfosOfType(type).length > 0;
  }

  /** `{}` and `object`: they take whatever there is. */
  #isEmpty(type: Type): boolean {
    if (type.flags & TypeFlags.NonPrimitive) return true;
    return (
      !this.#types.isArray(type) && this.#types.checker.getPropertiesOfType(type).length === 0 && !this.#hasIndex(type)
    );
  }

  /** Dates, URLs and the like are texts in JSON; so may be the wrappers of primitive values. */
  #becomesText(type: Type): boolean {
    const name = this.#types.libraryName(type);
    if (name === "String" || name === "Number" || name === "Boolean") return true;
    return this.#types.checker.getPropertyOfType(type, "toJSON") !== undefined;
  }

  /** An object that says nothing of itself may be an array. */
  #isUnknownObject(type: Type): boolean {
    return (
      !this.#types.isArray(type) &&
      this.#types.checker.getPropertiesOfType(type).length === 0 &&
      !this.#types.libraryName(type)
    );
  }

  #otherLiteral(source: Type, target: Type): boolean {
    return source.isLiteralType() && target.isLiteralType() && source.value !== target.value;
  }
}
