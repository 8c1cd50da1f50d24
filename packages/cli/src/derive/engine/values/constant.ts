import type { JsonValue } from "@smoltools/core";
import type { ts } from "ts-morph";
import { foldLiteral } from "./fold-literal.ts";
import type { Constant } from "../port.ts";
import type { Reader } from "../reader.ts";

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

/** What a name was initialised with, if it can have no other value. */
export function constantInitializer(node: ts.Expression, { ts, checker }: Reader): ts.Expression | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  let symbol = checker.getSymbolAtLocation(node);
  // A shorthand property's name means both the property and the variable: the value is the variable's.
  if (ts.isShorthandPropertyAssignment(node.parent)) symbol = checker.getShorthandAssignmentValueSymbol(node.parent);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  const declaration = symbol?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  const isConstant = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConstant ? declaration.initializer : undefined;
}

/** The JSON value of an expression that is made of literals and constants; `undefined` for every other one. */
function fold(expression: ts.Expression, reader: Reader, hops: number): JsonValue | undefined {
  const { ts, checker } = reader;
  return foldLiteral(expression, ts, (node) => {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const constant = checker.getConstantValue(node);
      if (constant !== undefined) return constant;
    }
    const literal = literalOf(checker.getTypeAtLocation(node), reader);
    return literal ?? foldMember(node, reader, hops) ?? foldName(node, reader, hops);
  });
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
  const initializer = hops === 0 ? undefined : constantInitializer(node, reader);
  return initializer && fold(initializer, reader, hops - 1);
}
