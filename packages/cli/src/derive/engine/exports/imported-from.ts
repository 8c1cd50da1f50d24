import type { ts } from "ts-morph";
import type { Reader } from "../reader.ts";

/** The package or file that a name, or the namespace before it, is imported from, as the import writes it. */
export function importedFrom(expression: ts.Expression, reader: Reader): string | undefined {
  const { ts, checker } = reader;
  const name = ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
  if (!ts.isIdentifier(name)) return undefined;
  const [declaration] = checker.getSymbolAtLocation(name)?.declarations ?? [];
  const statement = declaration && ts.findAncestor(declaration, ts.isImportDeclaration);
  return statement && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined;
}

/** True for the packages whose `tool()` and `Tool` are ours. */
export function isOurPackage(specifier: string | undefined): boolean {
  return specifier === "smoltools" || specifier === "@smoltools/core";
}
