import {
  type Identifier,
  isArrayLiteralExpression,
  isAsExpression,
  isBinaryExpression,
  isElementAccessExpression,
  isForInStatement,
  isForOfStatement,
  isIdentifier,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteralLikeNode,
  isVariableDeclarationList,
  type Node,
  SyntaxKind,
} from "../typescript.ts";

/** What a node assigns to, when it is an assignment of any kind: variables and members, those in patterns included. */
export function assignedTargets(node: Node): Node[] {
  if (isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const assigns = kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
    return assigns ? targetsIn(node.left) : [];
  }
  if (node.kind === SyntaxKind.PrefixUnaryExpression || node.kind === SyntaxKind.PostfixUnaryExpression) {
    const { operator, operand } = node as Node & { operator: SyntaxKind; operand: Node };
    const changes = operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken;
    return changes ? targetsIn(operand) : [];
  }
  if ((isForOfStatement(node) || isForInStatement(node)) && !isVariableDeclarationList(node.initializer)) {
    return targetsIn(node.initializer);
  }
  return [];
}

function targetsIn(pattern: Node): Node[] {
  const node = unwrapped(pattern);
  if (isArrayLiteralExpression(node)) return node.elements.flatMap(targetsIn);
  if (isObjectLiteralExpression(node)) return node.properties.flatMap(targetsIn);
  if (isPropertyAssignment(node)) return targetsIn(node.initializer);
  if (isShorthandPropertyAssignment(node)) return [node.name];
  if (isSpreadElement(node) || isSpreadAssignment(node)) return targetsIn(node.expression);
  // A default value in a pattern.
  if (isBinaryExpression(node)) return targetsIn(node.left);
  return isIdentifier(node) || isPropertyAccessExpression(node) || isElementAccessExpression(node) ? [node] : [];
}

/** The variable that `a.b[c].d` starts from. */
export function rootVariable(node: Node): Identifier | undefined {
  const inner = unwrapped(node);
  if (isIdentifier(inner)) return inner;
  if (isPropertyAccessExpression(inner) || isElementAccessExpression(inner)) return rootVariable(inner.expression);
  return undefined;
}

/** An expression without parentheses and assertions around it. */
export function unwrapped(node: Node): Node {
  const inner = withoutParentheses(node);
  return isAsExpression(inner) ? unwrapped(inner.expression) : inner;
}

/** An expression without parentheses around it. Assertions stay: they say what its type is. */
export function withoutParentheses(node: Node): Node {
  return isParenthesizedExpression(node) || isNonNullExpression(node) ? withoutParentheses(node.expression) : node;
}

/** The key of a property in a literal, if it shows in the code. */
export function keyOf(property: Node): string | undefined {
  if (!isPropertyAssignment(property) && !isShorthandPropertyAssignment(property)) return undefined;
  const { name } = property;
  return isIdentifier(name) || isStringLiteralLikeNode(name) ? name.text : undefined;
}
