import { callJudgement } from "./judge-call.ts";
import { calleeJudgement, iterationJudgement, propertyJudgement } from "./judge-member.ts";
import { nameJudgement } from "./judge-name.ts";
import type { Judgement } from "./judgement.ts";
import type { StepView } from "../step/step-view.ts";
import type { Diagnostic } from "../typescript.ts";

type Judge = (view: StepView, diagnostic: Diagnostic) => Judgement | undefined;

/**
 * The diagnostics of TypeScript that may become findings, each with the judge that tells whether it is sure.
 *
 * All others stay out: they are about what the author meant, as types without `null`, comparisons that are never true or
 * assignments of another type are, and JavaScript runs on.
 */
const judges: ReadonlyMap<number, Judge> = new Map<number, Judge>([
  // A name that is declared nowhere is a ReferenceError. The codes differ in the advice that TypeScript adds.
  ...entries([2304, 2552, 2580, 2581, 2582, 2584, 2591, 2592, 2593, 2693, 18004], nameJudgement),
  // A property that a tool's result does not have, or a text, an array, a promise: it is undefined.
  ...entries([2339, 2551, 7053], propertyJudgement),
  // A promise, a number or an object that is called: a TypeError.
  ...entries([2349], calleeJudgement),
  // A promise or an object that is looped over or spread: a TypeError.
  ...entries([2488], iterationJudgement),
  // Arguments that a tool will refuse: too few or many, of another type, or an object without what it must have.
  ...entries([2345, 2322, 2769, 2554, 2555, 2575, 2353, 2561, 2559, 2560, 2739, 2740, 2741, 2820], callJudgement),
]);

/** Tells whether there is anything to judge in a diagnostic. */
export function mayBeSure({ code }: Diagnostic): boolean {
  return judges.has(code);
}

/** What is sure of a diagnostic. */
export function judgementOf(view: StepView, diagnostic: Diagnostic): Judgement | undefined {
  return judges.get(diagnostic.code)?.(view, diagnostic);
}

function entries(codes: readonly number[], judge: Judge): (readonly [number, Judge])[] {
  return codes.map((code) => [code, judge] as const);
}
