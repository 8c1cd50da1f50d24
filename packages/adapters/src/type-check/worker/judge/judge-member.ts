import type { Judgement } from "./judgement.ts";
import type { StepView } from "../step/step-view.ts";
import {
  type Diagnostic,
  isArrayBindingPattern,
  isBindingElement,
  isElementAccessExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isStringLiteralLikeNode,
  isVariableDeclaration,
  type Node,
  type Type,
  TypeFlags,
} from "../typescript.ts";

/** An access to a member: of what, under which name. */
interface Access {
  node: Node;
  owner: Node;
  /** Absent for an index that is no text. */
  name?: string;
}

/** A property that the value surely does not have, and that is read as if it had. */
export function propertyJudgement(view: StepView, diagnostic: Diagnostic): Judgement | undefined {
  const access = accessAt(view.nodeAt(diagnostic.pos, diagnostic.end));
  if (!access || view.facts.written.has(access.node)) return undefined;
  const { name } = access;
  if (name !== undefined && view.properties.has(name)) return undefined;
  const type = view.typeOf(access.owner);
  if (!type || !view.types.isCertain(type)) return undefined;
  const members = view.types.members(type);
  if (view.propertiesUnknown && members.some((member) => view.types.isDeclared(member))) return undefined;
  if (name === undefined) {
    // Any index of a promise is undefined; of all others, TypeScript only misses the type of the result.
    if (!members.every((member) => view.types.isPromise(member))) return undefined;
  } else if (members.some((member) => mayHave(view, member, name))) return undefined;
  const text = diagnostic.messageChain?.[0]?.text ?? diagnostic.text;
  return { code: diagnostic.code, message: withAdvice(view, members, text), place: diagnostic.pos };
}

/** Something that is called although it is no function. */
export function calleeJudgement(
  view: StepView,
  { code, pos, end, text, messageChain }: Diagnostic,
): Judgement | undefined {
  const type = view.typeOf(view.nodeAt(pos, end));
  if (!type || !view.types.isCertain(type)) return undefined;
  const members = view.types.members(type);
  if (members.some((member) => view.types.isFunction(member))) return undefined;
  const because = messageChain?.[0]?.text ?? "";
  return { code, message: withAdvice(view, members, `${text} ${because}`.trim()), place: pos };
}

/** Something that is looped over although it cannot be. */
export function iterationJudgement(view: StepView, { code, pos, end, text }: Diagnostic): Judgement | undefined {
  const node = view.nodeAt(pos, end);
  const value = isArrayBindingPattern(node) && isVariableDeclaration(node.parent) ? node.parent.initializer : node;
  const type = value && view.typeOf(value);
  if (!type || !view.types.isCertain(type)) return undefined;
  const members = view.types.members(type);
  const iterable = (member: Type): boolean => view.types.isArray(member) || view.types.sortOf(member) === "string";
  if (members.some(iterable)) return undefined;
  return { code, message: withAdvice(view, members, text), place: pos };
}

function accessAt(node: Node): Access | undefined {
  const { parent } = node;
  if (isElementAccessExpression(node)) {
    const index = node.argumentExpression;
    return { node, owner: node.expression, ...(isStringLiteralLikeNode(index) && { name: index.text }) };
  }
  if (isElementAccessExpression(parent) && isStringLiteralLikeNode(node)) {
    return { node: parent, owner: parent.expression, name: node.text };
  }
  if (!isIdentifier(node)) return undefined;
  if (isPropertyAccessExpression(parent) && parent.name === node) {
    return { node: parent, owner: parent.expression, name: node.text };
  }
  if (isBindingElement(parent) && isObjectBindingPattern(parent.parent)) {
    return { node, owner: parent.parent, name: node.text };
  }
  return undefined;
}

/** For one member of a union: TypeScript reports what some members lack. */
function mayHave({ checker }: StepView, member: Type, name: string): boolean {
  const type = checker.getApparentType(member) ?? member;
  const isIndex = /^\d+$/.test(name);
  const takesText = checker
    .getIndexInfosOfType(type)
    .some(({ keyType }) => isIndex || keyType.flags & TypeFlags.String);
  return takesText || checker.getPropertyOfType(type, name) !== undefined;
}

function withAdvice({ types }: StepView, members: readonly Type[], text: string): string {
  return members.every((member) => types.isPromise(member)) ? `${text} Did you forget to use 'await'?` : text;
}
