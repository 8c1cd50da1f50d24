import type { ts } from "ts-morph";
import { readConstant } from "../values/constant.ts";
import { memberName, unwrap } from "../values/fold-literal.ts";
import type { DefinitionView, MemberView } from "../port.ts";
import { readFunction } from "./read-function.ts";
import type { Reader } from "../reader.ts";

/** Reads what an object literal says of a tool. */
export function objectMembers(
  options: ts.ObjectLiteralExpression,
  reader: Reader,
): Pick<DefinitionView, "members" | "method" | "unreadable"> {
  const { ts } = reader;
  const members = new Map<string, MemberView>();
  const nodes = new Map<string, ts.ObjectLiteralElementLike>();
  let unreadable: DefinitionView["unreadable"];
  for (const property of options.properties) {
    const name = memberName(property.name, ts);
    if (name === undefined) {
      unreadable ??= { place: reader.place(property), what: "a part of what tool() gets is computed or spread" };
      continue;
    }
    nodes.set(name, property);
    members.set(name, memberView(property.name ?? property, valueOf(property, ts), reader));
  }
  const method: DefinitionView["method"] = (names) => {
    const name = names.find((candidate) => nodes.has(candidate));
    const node = name === undefined ? undefined : nodes.get(name);
    const symbol = node && reader.checker.getSymbolAtLocation(node.name ?? node);
    if (name === undefined || !node || !symbol) return undefined;
    return methodView(name, symbol, node, reader);
  };
  return { members, method, unreadable };
}

/** A member by the expression of its value. */
export function memberView(name: ts.Node, value: ts.Expression | undefined, reader: Reader): MemberView {
  return {
    place: reader.place(name),
    initial: value && readConstant(value, reader),
    placeOf: (path) => value && partPlace(value, path, reader),
  };
}

/** A method by its symbol; `undefined` when it cannot be called. */
export function methodView(
  name: string,
  symbol: ts.Symbol,
  node: ts.Node,
  reader: Reader,
): ReturnType<DefinitionView["method"]> {
  const { ts, checker } = reader;
  // `{ execute }` has the comment and the parameters of the variable.
  const variable = ts.isShorthandPropertyAssignment(node) ? checker.getShorthandAssignmentValueSymbol(node) : undefined;
  const target = variable ? aliased(variable, reader) : symbol;
  const signatures = signaturesOf(target, node, reader);
  return signatures.length === 0
    ? undefined
    : {
        name,
        function: readFunction(
          name,
          target,
          signatures,
          ts.getNameOfDeclaration(node as ts.Declaration) ?? node,
          reader,
        ),
      };
}

function signaturesOf(symbol: ts.Symbol, node: ts.Node, { ts, checker }: Reader): readonly ts.Signature[] {
  // An inline function gets the types of its parameters from where it stands.
  const type = ts.isPropertyAssignment(node)
    ? checker.getTypeAtLocation(node.initializer)
    : checker.getTypeOfSymbolAtLocation(symbol, node);
  return checker.getNonNullableType(type).getCallSignatures();
}

function aliased(symbol: ts.Symbol, { ts, checker }: Reader): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function valueOf(property: ts.ObjectLiteralElementLike, ts: Reader["ts"]): ts.Expression | undefined {
  if (ts.isPropertyAssignment(property)) return property.initializer;
  return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

function partPlace(value: ts.Expression, path: readonly string[], reader: Reader): ReturnType<MemberView["placeOf"]> {
  const { ts } = reader;
  const [first, ...rest] = path;
  const node = unwrap(value, ts);
  if (first === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  const property = node.properties.find((one) => memberName(one.name, ts) === first);
  const inner = property && valueOf(property, ts);
  if (rest.length > 0) return inner && partPlace(inner, rest, reader);
  return property?.name && reader.place(property.name);
}
