import type { ts } from "ts-morph";
import type { ModuleView } from "../port.ts";
import type { Reader } from "../reader.ts";

/** Finds `export … from "module"`, and exports of what is imported, where nothing is known of the module. */
export function lostExports(file: ts.SourceFile, reader: Reader): ModuleView["lostExports"] {
  const { ts } = reader;
  const imported = importedNames(file, ts);
  return file.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.isTypeOnly) return [];
    const { moduleSpecifier, exportClause } = statement;
    if (moduleSpecifier) return exportsValues(statement, ts) ? lost(statement, moduleSpecifier, reader) : [];
    if (!exportClause || !ts.isNamedExports(exportClause)) return [];
    return exportClause.elements.flatMap((element) => {
      const from = element.isTypeOnly ? undefined : imported.get((element.propertyName ?? element.name).text);
      return from ? lost(element, from, reader) : [];
    });
  });
}

function exportsValues({ exportClause }: ts.ExportDeclaration, ts: Reader["ts"]): boolean {
  return (
    !exportClause || !ts.isNamedExports(exportClause) || exportClause.elements.some(({ isTypeOnly }) => !isTypeOnly)
  );
}

function lost(at: ts.Node, from: ts.Expression, reader: Reader): ModuleView["lostExports"] {
  const { ts, checker } = reader;
  const isKnown = checker.getSymbolAtLocation(from) !== undefined;
  return isKnown || !ts.isStringLiteral(from) ? [] : [{ place: reader.place(at), from: from.text }];
}

/** The modules that the names of a file are imported from. */
function importedNames(file: ts.SourceFile, ts: Reader["ts"]): ReadonlyMap<string, ts.Expression> {
  const names = new Map<string, ts.Expression>();
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !statement.importClause) continue;
    const { name, namedBindings, isTypeOnly } = statement.importClause;
    if (isTypeOnly) continue;
    if (name) names.set(name.text, statement.moduleSpecifier);
    if (!namedBindings || !ts.isNamedImports(namedBindings)) continue;
    for (const element of namedBindings.elements) {
      if (!element.isTypeOnly) names.set(element.name.text, statement.moduleSpecifier);
    }
  }
  return names;
}
