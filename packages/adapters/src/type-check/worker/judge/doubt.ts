import { toolCallAround } from "./judge-call.ts";
import type { StepView } from "../step/step-view.ts";
import { assignedTargets, rootVariable } from "../step/targets.ts";
import type { TextEdit } from "../text-edits.ts";
import {
  type CallExpression,
  type Diagnostic,
  type Expression,
  isArrowFunction,
  isBindingElement,
  isCallExpression,
  isForInStatement,
  isForOfStatement,
  isFunctionLikeDeclaration,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isVariableDeclaration,
  type Node,
  type ParameterDeclaration,
  type SourceFile,
  SyntaxKind,
  type VariableDeclaration,
} from "../typescript.ts";

/**
 * Diagnostics that show that a variable holds something else than TypeScript thinks: another type is assigned to it, a
 * member is added, a method or a function is given what its types do not allow, it is used before its declaration.
 */
const telling: ReadonlySet<number> = new Set([
  2322, 2339, 2345, 2353, 2403, 2448, 2551, 2559, 2561, 2588, 2739, 2740, 2741, 2769, 2820,
]);

/** What follows the value of a loop that is made `any`. */
const looped = ") as any)";

/** How to take away types that are in doubt. */
export interface Doubts {
  /** Changes of the checked file that make variables of the code `any`. */
  edits: readonly TextEdit[];
  /** Variables of earlier steps whose types do not hold any more. */
  variables: readonly string[];
  /** True when there is doubt about something else, such as a member of a class. */
  elsewhere: boolean;
}

/**
 * The variables that cannot be what TypeScript thinks they are.
 *
 * JavaScript lets a variable change its type and an object grow; TypeScript goes on with the first one. Its own
 * complaint about that is no finding, but says which types are not to be relied on.
 */
export function doubtsOf(view: StepView, diagnostics: readonly Diagnostic[]): Doubts {
  const declarations = new Set<Node>();
  let elsewhere = false;
  const doubt = (node: Node | undefined): void => {
    const declaration = node && declarationOf(view, node);
    if (declaration) declarations.add(declaration);
    else if (!node) elsewhere = true;
  };
  for (const variable of view.facts.doubtful) doubt(variable);
  for (const [name, node] of view.facts.declared) if (view.assignedLater.has(name)) doubt(node);
  for (const diagnostic of diagnostics) {
    if (!isTelling(diagnostic)) continue;
    const node = view.nodeAt(diagnostic.pos, diagnostic.end);
    if (!toolCallAround(view, node)) for (const variable of variablesOf(view, node, diagnostic)) doubt(variable);
  }
  const edits: TextEdit[] = [];
  const variables: string[] = [];
  for (const declaration of declarations) {
    if (!isVariableDeclaration(declaration) && !isParameterDeclaration(declaration)) continue;
    if (declaration.pos >= view.body.pos) edits.push(...untyped(view, declaration));
    else if (isIdentifier(declaration.name)) variables.push(declaration.name.text);
  }
  return { edits, variables, elsewhere };
}

/** Tells whether a diagnostic may cast doubt on variables. */
export function isTelling({ code }: Diagnostic): boolean {
  return telling.has(code);
}

/** The variables that a diagnostic casts doubt on; `undefined` in place of what is not a variable. */
function variablesOf(view: StepView, node: Node, { code }: Diagnostic): (Node | undefined)[] {
  if (code === 2403 || code === 2448) return [node];
  for (let at = node; at !== view.body && !isFunctionLikeDeclaration(at); at = at.parent) {
    const targets = assignedTargets(at);
    // A property that is not there says nothing, unless it is added.
    const isAbsence = code === 2339 || code === 2551;
    if (targets.length > 0)
      return isAbsence ? targets.flatMap((it) => rootVariable(it) ?? []) : targets.map(rootVariable);
    if (isAbsence) continue;
    if (isCallExpression(at)) return variablesOfCall(view, at);
    if (isVariableDeclaration(at)) return [at.name];
  }
  return [];
}

/** The object whose method is called, or the parameters of a function of the code that is called or handed over. */
function variablesOfCall(view: StepView, { expression, arguments: args }: CallExpression): Node[] {
  const root = isPropertyAccessExpression(expression) ? rootVariable(expression.expression) : undefined;
  return [...(root ? [root] : []), ...[expression, ...args].flatMap((callee) => parametersOf(view, callee))];
}

function parametersOf(view: StepView, callee: Expression): Node[] {
  if (!isIdentifier(callee)) return [];
  const declaration = declarationOf(view, callee);
  const value = declaration && isVariableDeclaration(declaration) ? declaration.initializer : declaration;
  return value && isFunctionLikeDeclaration(value) ? value.parameters.map(({ name }) => name) : [];
}

/** The declaration with a type of its own that a name belongs to, in the checked file. */
function declarationOf({ checker, paths, body }: StepView, node: Node): Node | undefined {
  const { parent } = node;
  if (isParameterDeclaration(parent) && parent.name === node) return parent;
  // A pattern has no symbol. That of a name stands for the first of several declarations.
  if (isVariableDeclaration(parent) && !isIdentifier(node)) return parent;
  const handle = checker.getSymbolAtLocation(node)?.valueDeclaration;
  let declaration = handle?.path === paths.step ? handle.resolve() : undefined;
  while (declaration && isBindingElement(declaration)) declaration = declaration.parent.parent;
  return declaration === body ? undefined : declaration;
}

/** Makes what a declaration declares `any`; what the code says itself counts no more. */
function untyped({ source }: StepView, declaration: VariableDeclaration | ParameterDeclaration): TextEdit[] {
  const insert = (at: number, text: string): TextEdit => ({ start: at, end: at, text });
  const { name, type, parent } = declaration;
  if (type) {
    return type.kind === SyntaxKind.AnyKeyword ? [] : [{ start: type.getStart(source), end: type.end, text: "any" }];
  }
  const loop = parent.parent;
  if (isVariableDeclaration(declaration) && (isForOfStatement(loop) || isForInStatement(loop))) {
    // Such a variable takes no type: it has that of what is looped over.
    if (loop.initializer !== parent) return [];
    const { expression } = loop;
    if (expression.getText(source).endsWith(looped)) return [];
    return [insert(expression.getStart(source), "(("), insert(expression.end, looped)];
  }
  const isBare = isArrowFunction(parent) && /^(?:async\s+)?$/.test(textBetween(source, parent, name));
  return isBare ? [insert(name.getStart(source), "("), insert(name.end, ": any)")] : [insert(name.end, ": any")];
}

function textBetween(source: SourceFile, outer: Node, inner: Node): string {
  return source.text.slice(outer.getStart(source), inner.getStart(source));
}
