import type { ts } from "ts-morph";
import { strayComment } from "./doc-source.ts";
import type { PropertyView, TypeView } from "./port.ts";
import type { Reader } from "./reader.ts";

/** Reads a property; mapped types keep the declaration of the property that they map. */
export function readProperty(property: ts.Symbol, reader: Reader): PropertyView {
  const { ts } = reader;
  const declaration = property.declarations?.[0];
  const place = reader.userPlace(declaration && (ts.getNameOfDeclaration(declaration) ?? declaration));
  return {
    name: property.name,
    type: propertyType(property, declaration, reader),
    optional: (property.flags & ts.SymbolFlags.Optional) !== 0,
    doc: reader.docOf(property.declarations),
    place,
    stray: place && declaration && strayComment(ts, declaration),
  };
}

/**
 * The type as it is declared, if it is the property's type but for the `undefined` that `?` adds: only the declared
 * one still has its name.
 */
function propertyType(property: ts.Symbol, declaration: ts.Declaration | undefined, reader: Reader): TypeView {
  const { checker } = reader;
  const type = checker.getTypeOfSymbol(property);
  const node = declaration && annotationOf(declaration, reader);
  if (!node) return reader.view(type);
  const declared = checker.getTypeFromTypeNode(node);
  return reader.view(equalButUndefined(type, declared, reader) ? declared : type, node);
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
