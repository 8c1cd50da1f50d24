import type { BindingView, Constant } from "../../engine/port.ts";
import type { ParamDoc } from "../../jsdoc/function-doc.ts";

/**
 * What a function says about its parameters and their parts outside of their types: `@param options.limit`, and the
 * defaults of a destructuring.
 */
export class Overlay {
  doc: ParamDoc | undefined;
  initial: Constant | undefined;
  /** Some type has a place for it. */
  used = false;
  readonly #parts = new Map<string, Overlay>();

  /** What is said about a part, marked as used. */
  part(name: string): Overlay | undefined {
    const part = this.#parts.get(name);
    if (part) part.used = true;
    return part;
  }

  /** Adds the defaults of a destructuring. */
  addBindings(bindings: readonly BindingView[]): void {
    for (const { property, initial, bindings: inner } of bindings) {
      const part = this.#partAt(property);
      part.initial = initial;
      part.addBindings(inner);
    }
  }

  /** @returns False when there is something at this path already. */
  addDoc(doc: ParamDoc, path: readonly string[]): boolean {
    const [name, ...rest] = path;
    if (name !== undefined) return this.#partAt(name).addDoc(doc, rest);
    if (this.doc) return false;
    this.doc = doc;
    return true;
  }

  /** The comments on parts that no type has. */
  unusedDocs(): ParamDoc[] {
    const own = this.doc && !this.used ? [this.doc] : [];
    // A part of what does not exist needs no problem of its own.
    return own.length > 0 ? own : [...this.#parts.values()].flatMap((part) => part.unusedDocs());
  }

  #partAt(name: string): Overlay {
    const part = this.#parts.get(name) ?? new Overlay();
    this.#parts.set(name, part);
    return part;
  }
}
