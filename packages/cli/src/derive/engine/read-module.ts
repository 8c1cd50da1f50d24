import type { ts } from "ts-morph";
import type { ExportView, ModuleView } from "./port.ts";
import { readFunction } from "./read-function.ts";
import type { Reader } from "./reader.ts";
import { sourcePlace } from "./source-place.ts";

/** Methods that make an exported class look like a tool. */
const executeMethods: ReadonlySet<string> = new Set(["execute", "forward", "run"]);

/** Reads what a file exports, in the order of the source. */
export function readModule(file: ts.SourceFile, program: ts.Program, reader: Reader): ModuleView {
  const { ts, checker } = reader;
  const syntaxErrors = program.getSyntacticDiagnostics(file).map(({ start, length, messageText }) => ({
    place: sourcePlace(file, start, length),
    message: ts.flattenDiagnosticMessageText(messageText, " "),
  }));
  const module = checker.getSymbolAtLocation(file);
  const found: { at: ts.Node; view: ExportView }[] = [];
  for (const exported of module ? checker.getExportsOfModule(module) : []) {
    const at = exportNode(exported, file);
    const view = readExport(exported, at, reader);
    if (view) found.push({ at, view });
  }
  found.sort((a, b) => a.at.pos - b.at.pos);
  return { syntaxErrors, exports: found.map(({ view }) => view) };
}

/** The node in the file that exports something; the whole file for `export *`. */
function exportNode(exported: ts.Symbol, file: ts.SourceFile): ts.Node {
  return exported.declarations?.find((declaration) => declaration.getSourceFile() === file) ?? file;
}

function readExport(exported: ts.Symbol, at: ts.Node, reader: Reader): ExportView | undefined {
  const { ts, checker } = reader;
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const { name } = exported;
  const place = reader.place(shownNode(at, reader));
  const signatures = callSignatures(symbol, at, reader);
  if (name === "default" || name === "export=") {
    return signatures.length > 0 ? { kind: "default", name, place } : undefined;
  }
  if (signatures.length > 0) {
    return { kind: "function", function: readFunction(name, symbol, signatures, shownNode(at, reader), reader) };
  }
  const declaration = symbol.valueDeclaration;
  if (!declaration) return undefined;
  if (ts.isClassDeclaration(declaration) && isToolClass(declaration, reader)) {
    return { kind: "tool class", name, place };
  }
  if (ts.isVariableDeclaration(declaration) && isToolCall(declaration.initializer, reader)) {
    return { kind: "tool object", name, place };
  }
  return undefined;
}

function callSignatures(symbol: ts.Symbol, at: ts.Node, { ts, checker }: Reader): readonly ts.Signature[] {
  if (!(symbol.flags & ts.SymbolFlags.Value)) return [];
  const type = checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration ?? at);
  return type.getCallSignatures();
}

/** The name that a declaration gives, for a place that is no longer than needed. */
function shownNode(node: ts.Node, { ts }: Reader): ts.Node {
  if (ts.isSourceFile(node)) return node.statements[0] ?? node;
  return ts.getNameOfDeclaration(node as ts.Declaration) ?? node;
}

function isToolCall(initializer: ts.Expression | undefined, { ts }: Reader): boolean {
  if (!initializer || !ts.isCallExpression(initializer)) return false;
  const { expression: callee } = initializer;
  return (ts.isPropertyAccessExpression(callee) ? callee.name : callee).getText() === "tool";
}

function isToolClass(declaration: ts.ClassDeclaration, { ts }: Reader): boolean {
  const extendsTool = declaration.heritageClauses?.some(({ types }) =>
    types.some(({ expression }) => ts.isIdentifier(expression) && expression.text === "Tool"),
  );
  return (
    extendsTool ||
    declaration.members.some(
      (member) =>
        ts.isMethodDeclaration(member) && ts.isIdentifier(member.name) && executeMethods.has(member.name.text),
    )
  );
}
