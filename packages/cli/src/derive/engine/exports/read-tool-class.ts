import type { ts } from "ts-morph";
import { importedFrom, isOurPackage } from "./imported-from.ts";
import type { DefinitionView, MemberView } from "../port.ts";
import { memberView, methodView } from "./read-tool-object.ts";
import type { Reader } from "../reader.ts";

/** Methods that make an exported class a tool. */
const workMethods = ["execute", "forward", "run"] as const;

/** True for a class that extends `Tool`, or one of the user's that has a method that does a tool's work. */
export function isToolClass(declaration: ts.ClassLikeDeclaration, reader: Reader): boolean {
  const { ts, checker } = reader;
  if (declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword)) return false;
  if (toolBase(declaration, reader)) return true;
  // Classes of packages have such methods for purposes of their own.
  if (!reader.userPlace(declaration)) return false;
  const { instance } = sidesOf(declaration, reader);
  return workMethods.some((name) => {
    const method = checker.getPropertyOfType(instance, name);
    return method !== undefined && checker.getTypeOfSymbol(method).getCallSignatures().length > 0;
  });
}

/** Reads what a class says of its tool, in its own members and in those that it inherits. */
export function classMembers(
  declaration: ts.ClassLikeDeclaration,
  on: DefinitionView["on"],
  reader: Reader,
): Omit<DefinitionView, "exportName" | "place" | "doc" | "on"> {
  const { ts, checker } = reader;
  const { instance, statics } = sidesOf(declaration, reader);
  const members = new Map<string, MemberView>();
  for (const type of statics ? [statics, instance] : [instance]) {
    for (const property of checker.getPropertiesOfType(type)) {
      const node = property.valueDeclaration;
      if (!node || ts.isMethodDeclaration(node) || !reader.userPlace(node) || isUnset(node, ts)) continue;
      members.set(property.name, memberView(ts.getNameOfDeclaration(node) ?? node, memberValue(node, ts), reader));
    }
  }
  const [constructor] = statics?.getConstructSignatures() ?? [];
  return {
    isOurs: isOurPackage(toolBase(declaration, reader)?.from),
    className: declaration.name?.text,
    unreadable: undefined,
    constructorArguments: on === "class" ? needed(constructor, reader) : 0,
    members,
    method: (names) => {
      for (const name of names) {
        const property = checker.getPropertyOfType(instance, name);
        const node = property?.valueDeclaration;
        if (!property || !node || isAbstract(node, ts)) continue;
        const view = methodView(name, property, node, reader);
        if (view) return view;
      }
      return undefined;
    },
  };
}

/** What a member is set to: by its initialiser, by a getter that does nothing else, in JavaScript by the constructor. */
function memberValue(node: ts.Declaration, ts: Reader["ts"]): ts.Expression | undefined {
  if (ts.isPropertyDeclaration(node)) return node.initializer;
  if (ts.isGetAccessorDeclaration(node)) {
    const [statement] = node.body?.statements ?? [];
    return statement && ts.isReturnStatement(statement) ? statement.expression : undefined;
  }
  if (ts.isBinaryExpression(node)) return node.right;
  return ts.isBinaryExpression(node.parent) ? node.parent.right : undefined;
}

/** The types of a class's instances and of the class itself. */
function sidesOf(
  declaration: ts.ClassLikeDeclaration,
  { checker }: Reader,
): { instance: ts.Type; statics: ts.Type | undefined } {
  const type = checker.getTypeAtLocation(declaration);
  const symbol = type.getSymbol();
  // Where a class is an expression, the type there is that of the class itself.
  if (!symbol) return { instance: type, statics: undefined };
  return {
    instance: checker.getDeclaredTypeOfSymbol(symbol),
    statics: checker.getTypeOfSymbolAtLocation(symbol, declaration),
  };
}

/** It is only declared, for subclasses or for whoever wants to set it. */
function isUnset(node: ts.Declaration, ts: Reader["ts"]): boolean {
  if (isAbstract(node, ts)) return true;
  return ts.isPropertyDeclaration(node) && !node.initializer && node.questionToken !== undefined;
}

/** The base class `Tool`, however far above, and where it is imported from. */
function toolBase(declaration: ts.ClassLikeDeclaration, reader: Reader): { from: string | undefined } | undefined {
  const { ts, checker } = reader;
  const seen = new Set<ts.Node>();
  let current: ts.ClassLikeDeclaration | undefined = declaration;
  while (current && !seen.has(current)) {
    seen.add(current);
    const clause: ts.HeritageClause | undefined = current.heritageClauses?.find(
      ({ token }) => token === ts.SyntaxKind.ExtendsKeyword,
    );
    const base: ts.Expression | undefined = clause?.types[0]?.expression;
    if (!base) return undefined;
    const name = ts.isPropertyAccessExpression(base) ? base.name.text : base.getText();
    if (name === "Tool") return { from: importedFrom(base, reader) };
    const above: ts.Declaration | undefined = checker.getTypeAtLocation(base).getSymbol()?.valueDeclaration;
    current = above && ts.isClassLike(above) ? above : undefined;
  }
  return undefined;
}

function isAbstract(node: ts.Declaration, ts: Reader["ts"]): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0;
}

function needed(constructor: ts.Signature | undefined, { ts, checker }: Reader): number {
  const parameters = constructor?.parameters ?? [];
  return parameters.filter(({ valueDeclaration: node }) => {
    return node && ts.isParameter(node) && !checker.isOptionalParameter(node) && !node.dotDotDotToken;
  }).length;
}
