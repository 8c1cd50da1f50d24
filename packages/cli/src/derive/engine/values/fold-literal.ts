import type { JsonValue } from "@smoltools/core";
import type { ts } from "ts-morph";
import type { TypeScript } from "../compiler/load-typescript.ts";

/** What an expression that is no literal stands for; `undefined` when nobody knows. */
export type FoldOther = (node: ts.Expression) => JsonValue | undefined;

/** The JSON value of an expression that is made of literals; `undefined` for every other one. */
export function foldLiteral(expression: ts.Expression, ts: TypeScript, other: FoldOther): JsonValue | undefined {
  const node = unwrap(expression, ts);
  const fold = (part: ts.Expression) => foldLiteral(part, ts, other);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number.isFinite(Number(node.text)) ? Number(node.text) : undefined;
  if (ts.isBigIntLiteral(node)) return BigInt(node.text.slice(0, -1)).toString();
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return true;
    case ts.SyntaxKind.FalseKeyword:
      return false;
    case ts.SyntaxKind.NullKeyword:
      return null;
    default:
  }
  if (ts.isPrefixUnaryExpression(node)) return signed(node, fold(node.operand), ts);
  if (ts.isBinaryExpression(node))
    return node.operatorToken.kind === ts.SyntaxKind.PlusToken ? sum(node, fold) : other(node);
  if (ts.isTemplateExpression(node)) return joined(node, fold);
  if (ts.isArrayLiteralExpression(node)) return foldArray(node, fold);
  if (ts.isObjectLiteralExpression(node)) return foldObject(node, ts, fold);
  return other(node);
}

/** An expression without what only its type is about. */
export function unwrap(node: ts.Expression, ts: TypeScript): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** The name of a member of an object literal; `undefined` when it is computed of anything but a text. */
export function memberName(name: ts.PropertyName | undefined, ts: TypeScript): string | undefined {
  if (!name) return undefined;
  // `["__proto__"]` is the only way to write a member of that name.
  const written = ts.isComputedPropertyName(name) ? name.expression : name;
  const isText = ts.isStringLiteralLike(written) || ts.isNumericLiteral(written);
  return isText || (written === name && ts.isIdentifier(written)) ? written.text : undefined;
}

type Fold = (part: ts.Expression) => JsonValue | undefined;

function signed(
  { operator }: ts.PrefixUnaryExpression,
  value: JsonValue | undefined,
  ts: TypeScript,
): JsonValue | undefined {
  if (operator === ts.SyntaxKind.MinusToken) {
    if (typeof value === "number") return -value;
    return typeof value === "string" && /^[0-9]+$/.test(value) ? `-${value}` : undefined;
  }
  if (operator === ts.SyntaxKind.PlusToken) return typeof value === "number" ? value : undefined;
  if (operator === ts.SyntaxKind.ExclamationToken) return typeof value === "boolean" ? !value : undefined;
  return undefined;
}

function sum({ left, right }: ts.BinaryExpression, fold: Fold): JsonValue | undefined {
  const [a, b] = [fold(left), fold(right)];
  if (typeof a === "number" && typeof b === "number") return a + b;
  return isText(a) && isText(b) ? `${a}${b}` : undefined;
}

function joined({ head, templateSpans }: ts.TemplateExpression, fold: Fold): string | undefined {
  let text = head.text;
  for (const { expression, literal } of templateSpans) {
    const value = fold(expression);
    if (!isText(value)) return undefined;
    text += `${value}${literal.text}`;
  }
  return text;
}

function isText(value: JsonValue | undefined): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function foldArray(node: ts.ArrayLiteralExpression, fold: Fold): JsonValue | undefined {
  const items: JsonValue[] = [];
  for (const element of node.elements) {
    const item = fold(element);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function foldObject(node: ts.ObjectLiteralExpression, ts: TypeScript, fold: Fold): JsonValue | undefined {
  const members: [string, JsonValue][] = [];
  for (const property of node.properties) {
    const name = memberName(property.name, ts);
    let value: JsonValue | undefined;
    if (ts.isPropertyAssignment(property)) value = fold(property.initializer);
    else if (ts.isShorthandPropertyAssignment(property)) value = fold(property.name);
    if (name === undefined || value === undefined) return undefined;
    members.push([name, value]);
  }
  return Object.fromEntries(members);
}
