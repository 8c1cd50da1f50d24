import type { StepView } from "../step/step-view.ts";
import { keyOf, withoutParentheses } from "../step/targets.ts";
import {
  type ArrayLiteralExpression,
  ElementFlags,
  isArrayLiteralExpression,
  isConditionalExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadElement,
  type Node,
  type ObjectLiteralExpression,
  SymbolFlags,
  type TupleType,
  type Type,
} from "../typescript.ts";

/** What is wrong with a call, and where. */
export interface CallProblem {
  code: number;
  message: string;
  node: Node;
}

/** Elements and properties looked at in one literal. */
const maxParts = 100;

/** Holds values as code writes them against the types that are wanted. */
export class ArgumentValues {
  readonly #view: StepView;
  readonly #tool: string;
  /** What the value is for, as messages name it. */
  readonly #of: string;

  /** @param key - Name of the parameter or property that the value is for. */
  constructor(view: StepView, tool: string, key?: string) {
    this.#view = view;
    this.#tool = tool;
    this.#of = key === undefined ? tool : `'${key}' of ${tool}`;
  }

  problem(expression: Node, wanted: Type): CallProblem | undefined {
    const node = withoutParentheses(expression);
    if (isConditionalExpression(node)) {
      const problem = this.problem(node.whenTrue, wanted);
      return problem && this.problem(node.whenFalse, wanted) && problem;
    }
    const literal = this.#inLiteral(node, wanted);
    if (literal !== "as a whole") return literal;
    const given = this.#view.typeOf(expression);
    if (!given || !this.#view.mismatch.isSure(given, wanted)) return undefined;
    if (this.#view.types.isPromise(given)) {
      return { code: 2345, node, message: `The value given for ${this.#of} is a Promise: await it.` };
    }
    const types = `Type '${this.#view.text(given)}' is not assignable to type '${this.#view.text(wanted)}'`;
    return { code: 2345, node, message: `${types}, which ${this.#of} wants.` };
  }

  /** Literals are looked into, where one type is wanted that they can be held against. */
  #inLiteral(node: Node, wanted: Type): CallProblem | undefined | "as a whole" {
    const { types } = this.#view;
    const objects = types.members(wanted).filter((member) => types.sortOf(member) === "object");
    const [target] = objects;
    if (!target || objects.length > 1 || types.members(wanted).some((member) => types.sortOf(member) === "other")) {
      return "as a whole";
    }
    if (isObjectLiteralExpression(node) && !types.isArray(target)) return this.#inObject(node, target);
    if (isArrayLiteralExpression(node) && types.isArray(target)) return this.#inArray(node, target);
    return "as a whole";
  }

  #inObject(node: ObjectLiteralExpression, wanted: Type): CallProblem | undefined {
    const { checker } = this.#view;
    const [index] = checker.getIndexInfosOfType(wanted);
    const keys = new Set<string>();
    let complete = true;
    for (const property of node.properties.slice(0, maxParts)) {
      const key = keyOf(property);
      if (key === undefined || !(isPropertyAssignment(property) || isShorthandPropertyAssignment(property))) {
        complete = false;
        continue;
      }
      keys.add(key);
      const symbol = checker.getPropertyOfType(wanted, key);
      const type = symbol ? checker.getTypeOfSymbol(symbol) : index?.valueType;
      const value = isPropertyAssignment(property) ? property.initializer : property.name;
      const inner = new ArgumentValues(this.#view, this.#tool, key);
      const problem = type && value && inner.problem(value, type);
      if (problem) return problem;
    }
    // What such an object becomes does not show.
    if (keys.has("toJSON")) complete = false;
    if (!complete || node.properties.length > maxParts) return undefined;
    for (const { name, flags } of checker.getPropertiesOfType(wanted)) {
      if (flags & SymbolFlags.Optional || keys.has(name)) continue;
      return { code: 2741, node, message: `Property '${name}' is missing, which ${this.#of} wants.` };
    }
    return undefined;
  }

  #inArray(node: ArrayLiteralExpression, wanted: Type): CallProblem | undefined {
    const { elements } = node;
    const wantedTypes = wanted.isTypeReference() ? this.#view.checker.getTypeArguments(wanted) : [];
    const target = wanted.isTypeReference() ? wanted.getTarget() : wanted;
    const isTuple = target.isTupleType();
    if (elements.some(isSpreadElement)) return undefined;
    if (isTuple && !fits(elements.length, target)) {
      const message = `${elements.length} elements are not assignable to type '${this.#view.text(wanted)}'`;
      return { code: 2322, node, message: `${message}, which ${this.#of} wants.` };
    }
    for (const [index, element] of elements.slice(0, maxParts).entries()) {
      const type = isTuple ? wantedTypes[index] : wantedTypes[0];
      const problem = type && this.problem(element, type);
      if (problem) return problem;
    }
    return undefined;
  }
}

function fits(length: number, { elementFlags }: TupleType): boolean {
  const least = elementFlags.filter((flags) => flags & ElementFlags.Required).length;
  return length >= least && (length <= elementFlags.length || elementFlags.some((flags) => flags & ElementFlags.Rest));
}
