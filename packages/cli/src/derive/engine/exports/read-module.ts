import type { ts } from "ts-morph";
import type { ExportView, ModuleView } from "../port.ts";
import { readCalls } from "../values/read-calls.ts";
import { readDefinition } from "./read-definition.ts";
import { lostExports } from "./lost-exports.ts";
import { readFunction } from "./read-function.ts";
import type { Reader } from "../reader.ts";
import { sourcePlace } from "../source-place.ts";

/** Reads what a file exports, in the order of the source. */
export function readModule(file: ts.SourceFile, program: ts.Program, reader: Reader): ModuleView {
  const { ts, checker } = reader;
  const syntaxErrors = program.getSyntacticDiagnostics(file).map(({ start, length, messageText }) => ({
    place: sourcePlace(file, start, length),
    message: ts.flattenDiagnosticMessageText(messageText, " "),
  }));
  const module = checker.getSymbolAtLocation(file);
  const found: { at: ts.Node; view: ExportView }[] = [];
  for (const exported of module ? exportsOf(module, file, reader) : []) {
    const at = exportNode(exported, file);
    const view = readExport(exported, at, reader);
    if (view) found.push({ at, view });
  }
  found.sort((a, b) => a.at.pos - b.at.pos);
  return {
    syntaxErrors,
    lostExports: lostExports(file, reader),
    exports: found.map(({ view }) => view),
    readCalls: (code) => readCalls(ts, code),
  };
}

/** What a module exports; of CommonJS also the members of `module.exports`, and that itself. */
function exportsOf(module: ts.Symbol, file: ts.SourceFile, { ts, checker }: Reader): ts.Symbol[] {
  const exported = checker.getExportsOfModule(module);
  const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals);
  if (!whole) return exported;
  const names = new Set(exported.map(({ name }) => name));
  const members = checker.getPropertiesOfType(checker.getTypeOfSymbolAtLocation(whole, file));
  return [...exported, ...members.filter(({ name }) => !names.has(name)), whole];
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
  const definition = readDefinition(name, symbol, shownNode(at, reader), reader);
  // Nothing can be imported by the name of `module.exports` itself.
  if (definition) return name === "export=" ? { kind: "default", name, place } : { kind: "definition", definition };
  const signatures = callSignatures(symbol, at, reader);
  if (name === "default" || name === "export=") {
    return signatures.length > 0 ? { kind: "default", name, place } : undefined;
  }
  if (signatures.length === 0) return undefined;
  return { kind: "function", function: readFunction(name, symbol, signatures, shownNode(at, reader), reader) };
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
