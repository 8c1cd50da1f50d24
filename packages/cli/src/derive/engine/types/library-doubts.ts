import type { ts } from "ts-morph";
import { referenced } from "./annotation.ts";
import type { Reader } from "../reader.ts";

/** The utility types whose result has the members of their first argument. */
const mappingUtilities: ReadonlySet<string> = new Set(["Partial", "Required", "Readonly", "Pick", "Omit"]);

/**
 * Notes what the declarations of a file ask of the standard library beyond names: a name that is not found, and types
 * that depend on the members of a library class, which the minimal library does not have.
 */
export function noteLibraryDoubts(file: ts.SourceFile, reader: Reader): void {
  const { ts, checker, doubts } = reader;
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && !isFound(node.typeName, reader)) doubts.add("unknown name");
    if (ts.isExpressionWithTypeArguments(node) && !isFound(node.expression, reader)) doubts.add("unknown name");
    if (ts.isComputedPropertyName(node) && isUnknown(node.expression, reader)) doubts.add("unknown name");
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.KeyOfKeyword) noteMembers(node.type);
    if (ts.isConditionalTypeNode(node)) noteReferences(node.extendsType);
    if (ts.isTypeReferenceNode(node) && node.typeArguments?.[0] && mapsMembers(node))
      noteMembers(node.typeArguments[0]);
    ts.forEachChild(node, (child) => {
      const isBody = ts.isFunctionLike(node) && "body" in node && node.body === child;
      if (!isBody) visit(child);
    });
  };
  /** `keyof string[]`, `Pick<Date, "getTime">` */
  const noteMembers = (operand: ts.TypeNode) => {
    const type = checker.getTypeFromTypeNode(operand);
    const isPrimitive = (type.flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike)) !== 0;
    const hasMembers = isPrimitive || checker.isArrayType(type) || checker.isTupleType(type);
    if (hasMembers || isLibraryClass(type.getSymbol()?.declarations)) doubts.add("library structure");
  };
  /** `T extends Function ? … : …`, `T extends { toString(): string } ? … : …` */
  const noteReferences = (node: ts.Node): void => {
    if (ts.isMethodSignature(node) || ts.isFunctionTypeNode(node)) doubts.add("library structure");
    if (ts.isTypeReferenceNode(node)) {
      const declaration = referenced(node, reader);
      if (isLibraryClass(declaration && [declaration])) doubts.add("library structure");
    }
    ts.forEachChild(node, noteReferences);
  };
  const isLibraryClass = (declarations: readonly ts.Declaration[] | undefined): boolean =>
    declarations?.some((part) => ts.isInterfaceDeclaration(part) && reader.isLibrary(part)) ?? false;
  const mapsMembers = ({ typeName }: ts.TypeReferenceNode): boolean =>
    ts.isIdentifier(typeName) && mappingUtilities.has(typeName.text);
  visit(file);
}

/** `[Symbol.toStringTag]`, of which the minimal library knows nothing, would be taken for an index signature. */
function isUnknown(expression: ts.Expression, { ts, checker }: Reader): boolean {
  return (checker.getTypeAtLocation(expression).flags & ts.TypeFlags.Any) !== 0;
}

function isFound(name: ts.Node, { ts, checker }: Reader): boolean {
  let symbol = checker.getSymbolAtLocation(name);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return (symbol?.declarations?.length ?? 0) > 0;
}
