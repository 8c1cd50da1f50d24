import type { ts } from "ts-morph";
import { followAnnotation, referenced } from "./annotation.ts";
import type { TypeView } from "../port.ts";
import type { Reader } from "../reader.ts";

/**
 * The members of a union in the order in which its annotation names them; members that it does not name follow in the
 * compiler's order, which is stable. `true | false` is one member again.
 */
export function unionMembers(type: ts.UnionType, node: ts.TypeNode | undefined, reader: Reader): TypeView[] {
  const { ts, checker } = reader;
  const named = new Map<unknown, ts.TypeNode | undefined>();
  if (node) nameMembers(node, named, reader, new Set());
  const members = new Map<unknown, ts.Type>();
  const isWhole = type.types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral).length === 2;
  for (const member of type.types) {
    const isBoolean = isWhole && (member.flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const whole = isBoolean ? checker.getBooleanType() : member;
    const key = memberKey(whole, reader);
    if (!members.has(key)) members.set(key, whole);
  }
  const order = [...named.keys()];
  const rank = (key: unknown) => (named.has(key) ? order.indexOf(key) : order.length);
  return [...members].sort(([a], [b]) => rank(a) - rank(b)).map(([key, member]) => reader.view(member, named.get(key)));
}

/** The same for every way in which one member can be met: enum members count by their value. */
function memberKey(type: ts.Type, { ts, checker }: Reader): unknown {
  if (type.isStringLiteral() || type.isNumberLiteral()) return JSON.stringify(type.value);
  if (type.flags & (ts.TypeFlags.Boolean | ts.TypeFlags.BooleanLiteral)) return checker.typeToString(type);
  return type;
}

/** Notes what an annotation names, in its order. */
function nameMembers(
  node: ts.TypeNode,
  named: Map<unknown, ts.TypeNode | undefined>,
  reader: Reader,
  seen: Set<ts.Node>,
): void {
  if (seen.has(node)) return;
  seen.add(node);
  const { ts, checker } = reader;
  const note = (type: ts.Type, at?: ts.TypeNode) => {
    const key = memberKey(type, reader);
    if (!named.has(key)) named.set(key, at);
  };
  const visit = (part: ts.TypeNode) => nameMembers(part, named, reader, seen);
  const own = checker.getTypeFromTypeNode(node);
  const { node: body } = followAnnotation(node, reader);
  if (ts.isUnionTypeNode(body)) body.types.forEach(visit);
  else if (!own.isUnion() || own.flags & ts.TypeFlags.Boolean) note(own, node);
  else if (ts.isTypeOperatorNode(body) && body.operator === ts.SyntaxKind.KeyOfKeyword) {
    const operand = checker.getTypeFromTypeNode(body.type);
    for (const { name } of checker.getPropertiesOfType(operand)) named.set(JSON.stringify(name), undefined);
  } else if (ts.isIndexedAccessTypeNode(body)) nameIndexed(body, note, visit, reader);
  else if (ts.isTypeReferenceNode(body)) nameReferenced(body, note, visit, reader);
}

/** `Issue["state"]` has the order of the property's own annotation, `(typeof LEVELS)[number]` that of the tuple. */
function nameIndexed(
  node: ts.IndexedAccessTypeNode,
  note: (type: ts.Type) => void,
  visit: (node: ts.TypeNode) => void,
  { ts, checker }: Reader,
): void {
  const object = checker.getTypeFromTypeNode(node.objectType);
  if (checker.isTupleType(object)) {
    for (const element of checker.getTypeArguments(object as ts.TypeReference)) note(element);
    return;
  }
  const index = checker.getTypeFromTypeNode(node.indexType);
  const property = index.isStringLiteral() ? checker.getPropertyOfType(object, index.value) : undefined;
  const declaration = property?.valueDeclaration;
  if (declaration && (ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration))) {
    if (declaration.type) visit(declaration.type);
  }
}

/** An enum has the order of its members, a generic alias that of its body and then of its arguments. */
function nameReferenced(
  node: ts.TypeReferenceNode,
  note: (type: ts.Type) => void,
  visit: (node: ts.TypeNode) => void,
  reader: Reader,
): void {
  const { ts, checker } = reader;
  const declaration = referenced(node, reader);
  if (declaration && ts.isEnumDeclaration(declaration)) {
    for (const member of declaration.members) note(checker.getTypeAtLocation(member));
    return;
  }
  if (declaration && ts.isTypeAliasDeclaration(declaration) && !reader.isLibrary(declaration)) visit(declaration.type);
  node.typeArguments?.forEach(visit);
}
