import type { JsonValue } from "@smoltools/core";
import type { ts } from "ts-morph";
import type { Constant } from "./port.ts";
import type { Reader } from "./reader.ts";

/** How far a name is followed to its definition, and that one to the next. */
const maxHops = 8;

/** Reads an initialiser. */
export function readConstant(expression: ts.Expression, reader: Reader): Constant {
  const { ts } = reader;
  const text = expression.getText();
  return {
    place: reader.place(expression),
    text: text.length > 60 ? `${text.slice(0, 57)}...` : text,
    value: fold(expression, reader, maxHops),
    isUndefined: (ts.isIdentifier(expression) && expression.text === "undefined") || ts.isVoidExpression(expression),
  };
}

/** The JSON value of an expression that is made of literals and constants; `undefined` for every other one. */
function fold(expression: ts.Expression, reader: Reader, hops: number): JsonValue | undefined {
  const { ts, checker } = reader;
  const node = unwrap(expression, ts);
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
  if (ts.isPrefixUnaryExpression(node)) return signed(node, fold(node.operand, reader, hops), ts);
  if (ts.isArrayLiteralExpression(node)) return foldArray(node, reader, hops);
  if (ts.isObjectLiteralExpression(node)) return foldObject(node, reader, hops);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const constant = checker.getConstantValue(node);
    if (constant !== undefined) return constant;
  }
  return (
    literalOf(checker.getTypeAtLocation(node), reader) ?? foldMember(node, reader, hops) ?? foldName(node, reader, hops)
  );
}

function unwrap(node: ts.Expression, ts: Reader["ts"]): ts.Expression {
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

function signed(
  { operator }: ts.PrefixUnaryExpression,
  value: JsonValue | undefined,
  ts: Reader["ts"],
): JsonValue | undefined {
  if (operator === ts.SyntaxKind.MinusToken) {
    if (typeof value === "number") return -value;
    return typeof value === "string" && /^[0-9]+$/.test(value) ? `-${value}` : undefined;
  }
  if (operator === ts.SyntaxKind.PlusToken) return typeof value === "number" ? value : undefined;
  if (operator === ts.SyntaxKind.ExclamationToken) return typeof value === "boolean" ? !value : undefined;
  return undefined;
}

function foldArray(node: ts.ArrayLiteralExpression, reader: Reader, hops: number): JsonValue | undefined {
  const items: JsonValue[] = [];
  for (const element of node.elements) {
    const item = fold(element, reader, hops);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

function foldObject(node: ts.ObjectLiteralExpression, reader: Reader, hops: number): JsonValue | undefined {
  const { ts } = reader;
  const members: [string, JsonValue][] = [];
  for (const property of node.properties) {
    const name = property.name;
    if (!name || !(ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)))
      return undefined;
    let value: JsonValue | undefined;
    if (ts.isPropertyAssignment(property)) value = fold(property.initializer, reader, hops);
    else if (ts.isShorthandPropertyAssignment(property)) value = fold(property.name, reader, hops);
    if (value === undefined) return undefined;
    members.push([name.text, value]);
  }
  return Object.fromEntries(members);
}

/** The value of an expression whose type has only one, such as `LEVELS.length` of a constant tuple. */
function literalOf(type: ts.Type, { ts, checker }: Reader): JsonValue | undefined {
  if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
  if (type.flags & ts.TypeFlags.Null) return null;
  if (type.flags & ts.TypeFlags.BooleanLiteral) return checker.typeToString(type) === "true";
  return undefined;
}

/** `defaults.limit` of a constant object. */
function foldMember(node: ts.Expression, reader: Reader, hops: number): JsonValue | undefined {
  if (!reader.ts.isPropertyAccessExpression(node)) return undefined;
  const object = fold(node.expression, reader, hops);
  if (typeof object !== "object" || object === null || Array.isArray(object)) return undefined;
  const members = new Map(Object.entries(object));
  return members.get(node.name.text);
}

/** Follows a name to the `const` that defines it. */
function foldName(node: ts.Expression, reader: Reader, hops: number): JsonValue | undefined {
  const { ts, checker } = reader;
  if (!ts.isIdentifier(node) || hops === 0) return undefined;
  let symbol = checker.getSymbolAtLocation(node);
  // A shorthand property's name means both the property and the variable: the value is the variable's.
  if (ts.isShorthandPropertyAssignment(node.parent)) symbol = checker.getShorthandAssignmentValueSymbol(node.parent);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  const declaration = symbol?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !declaration.initializer) return undefined;
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConstant ? fold(declaration.initializer, reader, hops - 1) : undefined;
}
