import type { ts } from "ts-morph";
import type { TypeScript } from "./load-typescript.ts";

/**
 * The names in a file that its declarations depend on. What is used only inside the bodies of functions, or to
 * initialise a variable that no declaration mentions, is not among them.
 */
export function neededNames(ts: TypeScript, file: ts.SourceFile): ReadonlySet<string> {
  const needed = new Set<string>();
  const postponed = new Map<string, ts.Expression>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) needed.add(node.text);
    ts.forEachChild(node, (child) => {
      const isBody = ts.isFunctionLike(node) && "body" in node && node.body === child;
      if (!isBody) visit(child);
    });
  };
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) || ts.isExpressionStatement(statement)) continue;
    if (
      !ts.isVariableStatement(statement) ||
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    ) {
      visit(statement);
      continue;
    }
    for (const { name, type, initializer } of statement.declarationList.declarations) {
      if (type) visit(type);
      if (ts.isIdentifier(name) && initializer) postponed.set(name.text, initializer);
      else if (initializer) visit(initializer);
    }
  }
  for (let found = true; found;) {
    found = false;
    for (const [name, initializer] of postponed) {
      if (!needed.has(name)) continue;
      postponed.delete(name);
      visit(initializer);
      found = true;
    }
  }
  return needed;
}

/** True when the declarations of a file need nothing of what an import brings in. */
export function isUnneeded(ts: TypeScript, specifier: ts.StringLiteralLike, needed: ReadonlySet<string>): boolean {
  const { parent } = specifier;
  if (!ts.isImportDeclaration(parent)) return false;
  const { name, namedBindings } = parent.importClause ?? {};
  const names = name ? [name.text] : [];
  if (namedBindings && ts.isNamespaceImport(namedBindings)) names.push(namedBindings.name.text);
  else if (namedBindings) names.push(...namedBindings.elements.map((element) => element.name.text));
  return !names.some((local) => needed.has(local));
}
