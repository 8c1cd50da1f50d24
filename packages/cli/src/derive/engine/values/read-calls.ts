import type { JsonValue } from "@smoltools/core";
import type { ts } from "ts-morph";
import { foldLiteral, unwrap } from "./fold-literal.ts";
import type { TypeScript } from "../compiler/load-typescript.ts";
import type { CallView } from "../port.ts";

/**
 * Reads the calls in a snippet of code, such as an `@example`. Nothing of it is checked or run.
 *
 * @returns `undefined` when the snippet cannot be parsed.
 */
export function readCalls(ts: TypeScript, code: string): CallView[] | undefined {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true, fileName: "example.ts" });
  if (diagnostics?.length) return undefined;
  const constants = new Map<string, ts.Expression>();
  const calls: CallView[] = [];
  for (const statement of file.statements) {
    noteConstants(statement, constants, ts);
    const whole = wholeCall(statement, ts);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        calls.push({
          callee: calleeNames(node.expression, ts),
          arguments: node.arguments.map((argument) => argumentOf(argument, constants, ts)),
          result: node === whole ? resultBehind(statement, file, ts) : undefined,
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(statement);
  }
  return calls;
}

function noteConstants(statement: ts.Statement, constants: Map<string, ts.Expression>, ts: TypeScript): void {
  if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) return;
  for (const { name, initializer } of statement.declarationList.declarations) {
    if (ts.isIdentifier(name) && initializer) constants.set(name.text, initializer);
  }
}

/** The call whose result is what a comment behind the statement is about. */
function wholeCall(statement: ts.Statement, ts: TypeScript): ts.Node | undefined {
  let expression: ts.Expression | undefined;
  if (ts.isExpressionStatement(statement)) ({ expression } = statement);
  else if (ts.isVariableStatement(statement)) {
    const [declaration, more] = statement.declarationList.declarations;
    if (declaration && !more && ts.isIdentifier(declaration.name)) expression = declaration.initializer;
  }
  for (;;) {
    if (!expression) return undefined;
    const inner = unwrap(expression, ts);
    if (ts.isAwaitExpression(inner)) ({ expression } = inner);
    else if (ts.isCallExpression(inner) && inner.expression.getText() === "console.log") [expression] = inner.arguments;
    else return inner;
  }
}

/** `a.b.c` as its names; `new A().run` as `A`, `run`. */
function calleeNames(node: ts.Expression, ts: TypeScript): string[] {
  const inner = unwrap(node, ts);
  if (ts.isIdentifier(inner)) return [inner.text];
  if (ts.isPropertyAccessExpression(inner)) return [...calleeNames(inner.expression, ts), inner.name.text];
  return ts.isNewExpression(inner) ? calleeNames(inner.expression, ts) : [];
}

function argumentOf(
  argument: ts.Expression,
  constants: ReadonlyMap<string, ts.Expression>,
  ts: TypeScript,
): CallView["arguments"][number] {
  const inner = unwrap(argument, ts);
  if (ts.isIdentifier(inner) && inner.text === "undefined") return { isUndefined: true, value: undefined };
  return { isUndefined: false, value: valueOf(argument, constants, ts) };
}

function valueOf(
  expression: ts.Expression,
  constants: ReadonlyMap<string, ts.Expression>,
  ts: TypeScript,
): JsonValue | undefined {
  return foldLiteral(expression, ts, (node) => {
    if (ts.isIdentifier(node)) {
      const initializer = constants.get(node.text);
      // A constant cannot be made of itself: each is looked up among those before it.
      const before = new Map([...constants].slice(0, [...constants.keys()].indexOf(node.text)));
      return initializer && valueOf(initializer, before, ts);
    }
    if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
    const [first] = node.arguments ?? [];
    const json = first === undefined ? [] : valueOf(first, constants, ts);
    return json === undefined ? undefined : asJson(node.expression.text, json);
  });
}

/** What `new Date("…")` and the like are as JSON. */
function asJson(name: string, json: JsonValue): JsonValue | undefined {
  if (name === "Date" && (typeof json === "string" || typeof json === "number")) {
    const date = new Date(json);
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
  }
  if (name === "URL" && typeof json === "string") return URL.canParse(json) ? new URL(json).href : undefined;
  if (name === "Set" && Array.isArray(json)) return json;
  return undefined;
}

/** What stands behind `// =>`, on that line and, as further comments, on the next ones. */
function resultBehind(statement: ts.Statement, file: ts.SourceFile, ts: TypeScript): CallView["result"] {
  const behind = file.text.slice(statement.end).split(/\r?\n/);
  const lines: string[] = [];
  for (const [index, line] of behind.entries()) {
    const [, mark, text = ""] = /^\s*\/\/\s*(=>|→|->)?\s*(.*)$/.exec(line) ?? [];
    const isFirst = lines.length === 0;
    if (isFirst && mark === undefined) {
      // It may stand on the line below.
      if (index === 0 && line.trim() === "") continue;
      return undefined;
    }
    if (!isFirst && (!/^\s*\/\//.test(line) || mark !== undefined)) break;
    lines.push(text);
  }
  // Comments that have nothing to do with the result may follow it.
  for (let count = 1; count <= lines.length; count++) {
    const value = parsedValue(lines.slice(0, count).join("\n"), ts);
    if (value !== undefined) return { text: lines.slice(0, count).join("\n"), value };
  }
  return lines.length === 0 ? undefined : { text: lines.join("\n"), value: undefined };
}

function parsedValue(text: string, ts: TypeScript): JsonValue | undefined {
  const code = `(${text.replace(/;\s*$/, "")}\n)`;
  if (ts.transpileModule(code, { reportDiagnostics: true }).diagnostics?.length) return undefined;
  const [statement, more] = ts.createSourceFile("result.ts", code, ts.ScriptTarget.ES2022, true).statements;
  if (!statement || more || !ts.isExpressionStatement(statement)) return undefined;
  return valueOf(statement.expression, new Map(), ts);
}
