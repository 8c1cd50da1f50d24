import type { ts } from "ts-morph";
import { strayComment } from "../doc-source.ts";
import type { PropertyView, TypeView } from "../port.ts";
import type { Reader } from "../reader.ts";

/** Reads a property; mapped types keep the declaration of the property that they map. */
export function readProperty(property: ts.Symbol, reader: Reader): PropertyView {
  const { ts } = reader;
  const declaration = property.declarations?.[0];
  const nameNode = declaration && (ts.getNameOfDeclaration(declaration) ?? declaration);
  const place = reader.userPlace(nameNode);
  const isNamedBySymbol = property.escapedName.toString().startsWith("__@");
  return {
    name: isNamedBySymbol && nameNode ? nameNode.getText() : property.name,
    type: propertyType(property, declaration, reader),
    optional: (property.flags & ts.SymbolFlags.Optional) !== 0,
    doc: reader.docOf(property.declarations),
    place,
    isForeign: reader.isForeign(declaration),
    stray: place && declaration && strayComment(ts, declaration),
  };
}

/**
 * The type as it is declared, if it is the property's type but for the `undefined` that `?` adds: only the declared
 * one still has its name. A mapped type may have added an `undefined`, or taken it away.
 */
function propertyType(property: ts.Symbol, declaration: ts.Declaration | undefined, reader: Reader): TypeView {
  const { ts, checker } = reader;
  const type = checker.getTypeOfSymbol(property);
  const node = declaration && annotationOf(declaration, reader);
  if (!node) return reader.view(type);
  const declared = checker.getTypeFromTypeNode(node);
  const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  const isSame = isOptional || mayBeUndefined(type, ts) === mayBeUndefined(declared, ts);
  return reader.view(isSame && equalButUndefined(type, declared, reader) ? declared : type, node);
}

function mayBeUndefined(type: ts.Type, ts: Reader["ts"]): boolean {
  return (type.isUnion() ? type.types : [type]).some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0);
}

/** The type node of a declaration of a property or parameter, in JavaScript that of its JSDoc tag. */
export function annotationOf(declaration: ts.Declaration, { ts }: Reader): ts.TypeNode | undefined {
  if (ts.isJSDocPropertyLikeTag(declaration)) {
    const expression = declaration.typeExpression;
    return expression && ts.isJSDocTypeExpression(expression) ? expression.type : undefined;
  }
  const isTyped =
    ts.isPropertySignature(declaration) || ts.isPropertyDeclaration(declaration) || ts.isParameter(declaration);
  return (isTyped ? declaration.type : undefined) ?? ts.getJSDocType(declaration);
}

/** True when two types differ in nothing but `undefined`. */
export function equalButUndefined(a: ts.Type, b: ts.Type, { ts }: Reader): boolean {
  const members = (type: ts.Type) =>
    new Set((type.isUnion() ? type.types : [type]).filter(({ flags }) => !(flags & ts.TypeFlags.Undefined)));
  const [left, right] = [members(a), members(b)];
  return left.size === right.size && [...left].every((member) => right.has(member));
}
