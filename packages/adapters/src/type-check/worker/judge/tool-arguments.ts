import { ArgumentValues, type CallProblem } from "./argument-values.ts";
import type { StepView } from "../step/step-view.ts";
import { keyOf, withoutParentheses } from "../step/targets.ts";
import type { ToolShape } from "../program/tool-file.ts";
import {
  type CallExpression,
  isObjectLiteralExpression,
  isSpreadElement,
  type Node,
  SignatureKind,
  type Type,
} from "../typescript.ts";

/**
 * What is surely wrong with the arguments of a tool, by the rules of `inputFromArguments` in the core package: one
 * argument a parameter, or one object with all of them.
 */
export function callProblem(view: StepView, call: CallExpression, tool: ToolShape): CallProblem | undefined {
  const args = [...call.arguments];
  if (args.some(isSpreadElement) || tool.parameters.length === 0) return undefined;
  const type = view.typeOf(call.expression);
  const [inOrder, byName] = type ? view.checker.getSignaturesOfType(type, SignatureKind.Call) : [];
  if (!inOrder || !byName) return undefined;
  const arg = args[0];
  const positional = (): CallProblem | undefined => {
    const count = countProblem(call, tool);
    if (count) return count;
    for (const [index, value] of args.entries()) {
      const wanted = view.checker.getParameterType(inOrder, index);
      const problem =
        wanted && new ArgumentValues(view, tool.name, tool.parameters[index]?.name).problem(value, wanted);
      if (problem) return problem;
    }
    return undefined;
  };
  if (args.length !== 1 || !arg || !mayBeObject(view, arg)) return positional();
  const input = view.checker.getParameterType(byName, 0);
  if (!input) return undefined;
  const keys = keysOf(withoutParentheses(arg));
  if (keys && isInput(keys, tool)) return new ArgumentValues(view, tool.name).problem(arg, input);
  const named = namedProblem(view, arg, input, tool);
  // An object whose keys do not all show may be either.
  const other = keys || named ? positional() : undefined;
  if (!other || !named) return other;
  const first = view.checker.getParameterType(inOrder, 0);
  return hasKeyOf(view, arg, tool) || (first && !takesObject(view, first)) ? named : other;
}

/** What is wrong with the argument of `finalAnswer`: it takes everything but promises. */
export function answerProblem(view: StepView, call: CallExpression): CallProblem | undefined {
  const [arg] = call.arguments;
  const type = arg && view.typeOf(arg);
  if (!arg || !type || !view.types.members(type).every((member) => view.types.isPromise(member))) return undefined;
  return { code: 2345, node: arg, message: "The value given to finalAnswer is a Promise: await it." };
}

function countProblem(call: CallExpression, { parameters }: ToolShape): CallProblem | undefined {
  const most = parameters.length;
  const least = parameters.findLastIndex(({ optional }) => !optional) + 1;
  const given = call.arguments.length;
  if (given >= least && given <= most) return undefined;
  const wanted = least === most ? `${most}` : `${least}-${most}`;
  const node = call.arguments[most] ?? call.expression;
  const orObject = given < least ? ", or one object with all of them," : "";
  return { code: 2554, node, message: `Expected ${wanted} arguments${orObject} but got ${given}.` };
}

/** Tells whether an argument may be the input as a whole: an object with keys of its own. */
function mayBeObject(view: StepView, arg: Node): boolean {
  if (isObjectLiteralExpression(withoutParentheses(arg))) return true;
  const type = view.typeOf(arg);
  if (!type) return true;
  const isObject = (member: Type): boolean => {
    const sort = view.types.sortOf(member);
    if (sort !== "object") return sort === "other" || sort === "both";
    return !view.types.libraryName(member) && !view.types.isArray(member) && !view.types.isFunction(member);
  };
  return view.types.members(type).some(isObject);
}

/** The keys of an object literal, if all of them show. */
function keysOf(node: Node): string[] | undefined {
  if (!isObjectLiteralExpression(node)) return undefined;
  const keys = node.properties.flatMap((property) => keyOf(property) ?? []);
  return keys.length === node.properties.length ? keys : undefined;
}

/** Tells whether an object with these keys is taken for the input as a whole. */
function isInput(keys: readonly string[], { parameters }: ToolShape): boolean {
  const names = new Set(parameters.map(({ name }) => name));
  const isComplete = parameters.every(({ name, optional }) => optional || keys.includes(name));
  return keys.length > 0 && isComplete && keys.every((key) => names.has(key));
}

/** Tells whether an object looks as if it were meant to hold all arguments. */
function hasKeyOf(view: StepView, arg: Node, { parameters }: ToolShape): boolean {
  const type = view.typeOf(arg);
  return type !== undefined && parameters.some(({ name }) => view.checker.getPropertyOfType(type, name));
}

function takesObject({ types }: StepView, wanted: Type): boolean {
  return types.members(wanted).some((member) => types.sortOf(member) !== "string" && types.sortOf(member) !== "number");
}

function namedProblem(view: StepView, arg: Node, input: Type, tool: ToolShape): CallProblem | undefined {
  const literal = withoutParentheses(arg);
  const values = new ArgumentValues(view, tool.name);
  if (!isObjectLiteralExpression(literal)) return values.problem(arg, input);
  for (const property of literal.properties) {
    const key = keyOf(property);
    if (key === undefined || tool.parameters.some(({ name }) => name === key)) continue;
    const names = tool.parameters.map(({ name }) => name).join(", ");
    return { code: 2353, node: property, message: `${tool.name} has no parameter '${key}': it has ${names}.` };
  }
  return values.problem(arg, input);
}
