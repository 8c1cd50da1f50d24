import type { Judgement } from "./judgement.ts";
import type { StepView } from "../step/step-view.ts";
import { type Diagnostic, isIdentifier, isTryStatement, isTypeNode, type Node, SyntaxKind } from "../typescript.ts";

/** A name that nothing declares. Types are taken out before code runs, so only names of values count. */
export function nameJudgement(view: StepView, { code, pos, end, text }: Diagnostic): Judgement | undefined {
  const node = view.nodeAt(pos, end);
  if (view.namesUnknown || !isIdentifier(node) || view.names.has(node.text)) return undefined;
  if (isInType(node) || isInTry(node)) return undefined;
  // What follows is advice on how to set up TypeScript, save for a name that looks alike.
  const message = code === 2552 ? text : code === 18004 ? `Cannot find name '${node.text}'.` : firstSentence(text);
  return { code, message, place: pos };
}

function firstSentence(text: string): string {
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}

function isInType(node: Node): boolean {
  for (let at = node; at.kind !== SyntaxKind.SourceFile; at = at.parent) {
    if (isTypeNode(at)) return true;
    if (at.kind === SyntaxKind.Block) return false;
  }
  return false;
}

/** Code that catches the error may be finding out whether the name is there. */
function isInTry(node: Node): boolean {
  let inner = node;
  for (let at = node.parent; at.kind !== SyntaxKind.SourceFile; at = at.parent) {
    if (isTryStatement(at) && at.tryBlock === inner && at.catchClause) return true;
    inner = at;
  }
  return false;
}
