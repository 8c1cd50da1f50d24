import type { ts } from "ts-morph";
import { constantInitializer } from "../values/constant.ts";
import { importedFrom, isOurPackage } from "./imported-from.ts";
import { unwrap } from "../values/fold-literal.ts";
import type { DefinitionView } from "../port.ts";
import { classMembers, isToolClass } from "./read-tool-class.ts";
import { objectMembers } from "./read-tool-object.ts";
import type { Reader } from "../reader.ts";

/**
 * Reads an export that is a call of `tool()`, a class of tools, or an instance of one.
 *
 * @param name - The name under which it is exported.
 * @param symbol - What is exported, aliases resolved.
 * @param shown - What to point at.
 * @returns `undefined` for every other export.
 */
export function readDefinition(
  name: string,
  symbol: ts.Symbol,
  shown: ts.Node,
  reader: Reader,
): DefinitionView | undefined {
  const { ts } = reader;
  const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
  if (!declaration) return undefined;
  const common = { exportName: name, place: reader.place(shown), doc: reader.docOf(symbol.declarations) };
  if (ts.isClassDeclaration(declaration)) return ofClass(declaration, "class", common, reader);
  const initializer = exportedValue(declaration, ts);
  if (!initializer) return undefined;
  const value = unwrap(initializer, ts);
  if (ts.isClassExpression(value)) return ofClass(value, "class", common, reader);
  if (ts.isNewExpression(value)) {
    const made = reader.checker.getTypeAtLocation(value.expression).getSymbol()?.valueDeclaration;
    return made && ts.isClassLike(made) ? ofClass(made, "object", common, reader) : undefined;
  }
  if (!ts.isCallExpression(value) || calledName(value, ts) !== "tool") return undefined;
  return ofCall(value, common, reader);
}

/** The expression of what a variable, a default export or an assignment to `exports` exports. */
function exportedValue(declaration: ts.Declaration, ts: Reader["ts"]): ts.Expression | undefined {
  if (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration)) return declaration.initializer;
  if (ts.isExportAssignment(declaration)) return declaration.expression;
  // A whole file, as a namespace is one, has no parent.
  const assignment =
    ts.isBinaryExpression(declaration) || ts.isSourceFile(declaration) ? declaration : declaration.parent;
  return ts.isBinaryExpression(assignment) ? assignment.right : undefined;
}

type Common = Pick<DefinitionView, "exportName" | "place" | "doc">;

function ofClass(
  declaration: ts.ClassLikeDeclaration,
  on: DefinitionView["on"],
  common: Common,
  reader: Reader,
): DefinitionView | undefined {
  if (!isToolClass(declaration, reader)) return undefined;
  return { ...common, on, ...classMembers(declaration, on, reader) };
}

function ofCall(call: ts.CallExpression, common: Common, reader: Reader): DefinitionView | undefined {
  const { ts } = reader;
  const [first] = call.arguments;
  const written = first && unwrap(first, ts);
  const options = written && unwrap(constantInitializer(written, reader) ?? written, ts);
  // Libraries whose tool() takes a function make a function of it.
  const isFunction = options && reader.checker.getTypeAtLocation(options).getCallSignatures().length > 0;
  if (isFunction) return undefined;
  const isOurs = isOurPackage(importedFrom(call.expression, reader));
  const definition = { ...common, on: "object", isOurs, className: undefined, constructorArguments: 0 } as const;
  if (options && ts.isObjectLiteralExpression(options)) return { ...definition, ...objectMembers(options, reader) };
  const place = reader.place(written ?? call);
  const unreadable = { place, what: "what tool() gets is not written out" };
  return { ...definition, unreadable, members: new Map(), method: () => undefined };
}

function calledName({ expression }: ts.CallExpression, ts: Reader["ts"]): string | undefined {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : undefined;
}
