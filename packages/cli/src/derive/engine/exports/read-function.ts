import type { ts } from "ts-morph";
import { awaitedNode } from "../types/annotation.ts";
import type { FunctionView, TypeView } from "../port.ts";
import { readParameter } from "./read-parameter.ts";
import type { Reader } from "../reader.ts";

/**
 * Reads an exported function.
 *
 * @param name - The name under which it is exported.
 * @param symbol - What is exported, aliases resolved.
 * @param exportNode - What exports it: problems of a function from a package are shown there.
 */
export function readFunction(
  name: string,
  symbol: ts.Symbol,
  signatures: readonly ts.Signature[],
  exportNode: ts.Node,
  reader: Reader,
): FunctionView {
  const { ts } = reader;
  const declared = symbol.valueDeclaration;
  const nameNode = (declared && ts.getNameOfDeclaration(declared)) ?? exportNode;
  const shown = reader.userPlace(nameNode) ? nameNode : exportNode;
  const [signature] = signatures;
  if (!signature) throw new TypeError(`${name} has no signature`);
  const resultNode = writtenResult(signature, reader);
  const parameters = signature.parameters.map((parameter) => readParameter(parameter, shown, reader));
  return {
    exportName: name,
    place: reader.place(shown),
    home: declared && homeOf(commented(declared, ts), reader),
    doc: reader.docOf(symbol.declarations),
    isForeign: reader.isForeign(signature.declaration),
    signatureCount: signatures.length,
    parameters: signature.thisParameter
      ? [readParameter(signature.thisParameter, shown, reader), ...parameters]
      : parameters,
    result: readResult(signature, resultNode, reader),
    resultPlace: (resultNode && reader.userPlace(resultNode)) ?? reader.place(shown),
  };
}

function homeOf(node: ts.Node, reader: Reader): FunctionView["home"] {
  const place = reader.userPlace(node);
  return place && { place, start: node.getText().slice(0, 60) };
}

/** What a comment on a declaration stands above. */
function commented(declaration: ts.Declaration, ts: Reader["ts"]): ts.Node {
  if (!ts.isVariableDeclaration(declaration)) return declaration;
  const { parent } = declaration.parent;
  return ts.isVariableStatement(parent) ? parent : declaration;
}

function readResult(signature: ts.Signature, node: ts.TypeNode | undefined, reader: Reader): TypeView {
  const { checker } = reader;
  const type = signature.getReturnType();
  if (!node && returnsValue(signature, reader)) reader.doubts.add("inferred result");
  return reader.view(checker.getAwaitedType(type) ?? type, awaitedNode(node, reader));
}

function writtenResult({ declaration }: ts.Signature, { ts }: Reader): ts.TypeNode | undefined {
  if (!declaration || ts.isJSDocSignature(declaration)) return undefined;
  return declaration.type ?? ts.getJSDocReturnType(declaration);
}

/** True when the type of the result depends on the function's body. */
function returnsValue({ declaration }: ts.Signature, { ts }: Reader): boolean {
  if (!declaration || !ts.isFunctionLike(declaration) || !("body" in declaration) || !declaration.body) return false;
  if (!ts.isBlock(declaration.body)) return true;
  let found = false;
  const visit = (node: ts.Node): void => {
    if ((ts.isReturnStatement(node) && node.expression) || ts.isYieldExpression(node)) found = true;
    if (!found && !ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(declaration.body, visit);
  return found;
}
