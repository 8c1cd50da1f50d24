import type { Judgement } from "./judgement.ts";
import type { StepView } from "../step/step-view.ts";
import { answerProblem, callProblem } from "./tool-arguments.ts";
import {
  type CallExpression,
  type Diagnostic,
  isCallExpression,
  isFunctionLikeDeclaration,
  isIdentifier,
  type Node,
} from "../typescript.ts";

/** A diagnostic within the arguments of a tool's call: the call itself is judged, not what TypeScript thinks of it. */
export function callJudgement(view: StepView, { pos, end }: Diagnostic): Judgement | undefined {
  const call = toolCallAround(view, view.nodeAt(pos, end));
  if (!call || !isIdentifier(call.expression)) return undefined;
  const tool = view.tools.get(call.expression.text);
  const problem = tool ? callProblem(view, call, tool) : answerProblem(view, call);
  return problem && { code: problem.code, message: problem.message, place: problem.node.getStart(view.source) };
}

/** The innermost call of a tool, or of `finalAnswer`, that a node is an argument in. */
export function toolCallAround(view: StepView, node: Node): CallExpression | undefined {
  // A call that is an argument itself belongs to the one around it.
  for (
    let at = isCallExpression(node) ? node.parent : node;
    !isFunctionLikeDeclaration(at) && at !== view.source;
    at = at.parent
  ) {
    if (isCallExpression(at) && isTool(view, at)) return at;
  }
  return undefined;
}

function isTool({ tools, checker, paths }: StepView, { expression }: CallExpression): boolean {
  if (!isIdentifier(expression)) return false;
  if (!tools.has(expression.text) && expression.text !== "finalAnswer") return false;
  // The code may have a variable of the same name.
  const declarations = checker.getSymbolAtLocation(expression)?.declarations ?? [];
  return declarations.length > 0 && declarations.every(({ path }) => path !== paths.step);
}
