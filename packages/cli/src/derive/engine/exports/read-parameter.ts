import type { ts } from "ts-morph";
import { readConstant } from "../values/constant.ts";
import type { BindingView, ParameterView, TypeView } from "../port.ts";
import { annotationOf, equalButUndefined } from "../types/property-view.ts";
import type { Reader } from "../reader.ts";

/**
 * Reads a parameter.
 *
 * @param fallback - Node to point at when the parameter is declared in a package.
 */
export function readParameter(parameter: ts.Symbol, fallback: ts.Node, reader: Reader): ParameterView {
  const { ts, checker } = reader;
  const declaration = parameter.valueDeclaration;
  if (!declaration || !ts.isParameter(declaration)) {
    // A parameter without a declaration comes from a mapped or spread signature: its type is all there is.
    const type = reader.view(checker.getTypeOfSymbolAtLocation(parameter, fallback));
    const nothing = {
      initial: undefined,
      bindings: [],
      doc: undefined,
      optional: false,
      rest: false,
      isForeign: false,
    };
    return { ...nothing, name: parameter.name, place: reader.place(fallback), type, typed: true };
  }
  const { name, initializer, dotDotDotToken } = declaration;
  const bindings = ts.isIdentifier(name) ? [] : readBindings(name, reader);
  return {
    name: ts.isIdentifier(name) ? name.text : undefined,
    place: reader.userPlace(name) ?? reader.place(fallback),
    type: parameterType(parameter, declaration, reader),
    typed: isTyped(declaration, reader),
    isForeign: reader.isForeign(declaration),
    optional: checker.isOptionalParameter(declaration),
    rest: dotDotDotToken !== undefined,
    doc: reader.docOf([declaration]),
    initial: initializer && readConstant(initializer, reader),
    bindings,
  };
}

function parameterType(parameter: ts.Symbol, declaration: ts.ParameterDeclaration, reader: Reader): TypeView {
  const { checker } = reader;
  const type = checker.getTypeOfSymbolAtLocation(parameter, declaration);
  const node = annotationOf(declaration, reader);
  if (!node) return reader.view(type);
  const declared = checker.getTypeFromTypeNode(node);
  return reader.view(equalButUndefined(type, declared, reader) ? declared : type, node);
}

/** It has an annotation, an initialiser or a JSDoc type, or its function is assigned to something that has a type. */
function isTyped(declaration: ts.ParameterDeclaration, reader: Reader): boolean {
  const { ts, checker } = reader;
  if (declaration.initializer || annotationOf(declaration, reader)) return true;
  const { parent } = declaration;
  const isExpression = ts.isArrowFunction(parent) || ts.isFunctionExpression(parent);
  // What a function is inferred from may be the function itself: then nothing is known of its parameters.
  const isInferred = (checker.getTypeAtLocation(declaration).flags & ts.TypeFlags.Any) === 0;
  if (isExpression && isInferred && checker.getContextualType(parent)) return true;
  // Also a function with one JSDoc `@type` has typed parameters.
  return ts.getJSDocType(parent) !== undefined;
}

function readBindings(pattern: ts.BindingPattern, reader: Reader): BindingView[] {
  const { ts } = reader;
  if (ts.isArrayBindingPattern(pattern)) return [];
  const bindings: BindingView[] = [];
  for (const { dotDotDotToken, propertyName, name, initializer } of pattern.elements) {
    const key = propertyName ?? name;
    if (dotDotDotToken || !(ts.isIdentifier(key) || ts.isStringLiteral(key))) continue;
    bindings.push({
      property: key.text,
      initial: initializer && readConstant(initializer, reader),
      bindings: ts.isIdentifier(name) ? [] : readBindings(name, reader),
    });
  }
  return bindings;
}
