import { unwrapped } from "./targets.ts";
import {
  isBinaryExpression,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
} from "../typescript.ts";

/** Functions of one argument that only ask what it is. */
const questions: ReadonlySet<string> = new Set(["Boolean", "isArray", "isFinite", "isInteger", "isNaN"]);

const alternatives: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken]);

const equality: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** Tells whether code asks if a value is there before it relies on it: conditions, `??`, `?.`, `typeof`. */
export function isTested(node: Node): boolean {
  const { parent } = node;
  switch (parent.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.AsExpression:
      return isTested(parent);
    case SyntaxKind.TypeOfExpression:
    case SyntaxKind.DeleteExpression:
      return true;
    case SyntaxKind.PrefixUnaryExpression:
      return (parent as Node & { operator: SyntaxKind }).operator === SyntaxKind.ExclamationToken;
    case SyntaxKind.IfStatement:
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
      return (parent as Node & { expression: Node }).expression === node;
    case SyntaxKind.ConditionalExpression:
    case SyntaxKind.ForStatement:
      return (parent as Node & { condition?: Node }).condition === node;
    default:
      return isTestedOperand(node, parent);
  }
}

function isTestedOperand(node: Node, parent: Node): boolean {
  if (isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    if (alternatives.has(kind)) return true;
    if (kind === SyntaxKind.AmpersandAmpersandToken) return parent.left === node || isTested(parent);
    return equality.has(kind) && isNothing(parent.left === node ? parent.right : parent.left);
  }
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) {
    return parent.expression === node && parent.questionDotToken !== undefined;
  }
  if (!isCallExpression(parent)) return false;
  if (parent.expression === node) return parent.questionDotToken !== undefined;
  const callee = isPropertyAccessExpression(parent.expression) ? parent.expression.name : parent.expression;
  return isIdentifier(callee) && questions.has(callee.text);
}

function isNothing(node: Node): boolean {
  const value = unwrapped(node);
  return value.kind === SyntaxKind.NullKeyword || (isIdentifier(value) && value.text === "undefined");
}
