import type { RunError } from "@smoltools/core";
import { offsetAt, type Position, positionAt } from "./position.ts";
import { stripTypes, TypeScriptProblem } from "./strip-types.ts";
import { type Step, transform } from "./transform.ts";

/** A step that is ready, or why it cannot be; `broken` when the worker must not be used any further. */
export type PreparedStep<T = Step> = { step: T } | { error: RunError; broken: boolean };

const tooDeep = "the code is nested too deeply";
const noImports = 'a step cannot have static imports and exports: write const x = await import("specifier")';

/**
 * Turns the source of a step, JavaScript or TypeScript, into what the engine evaluates.
 *
 * Source that is plain JavaScript never meets the TypeScript stripper.
 */
export function prepareStep(source: string): Promise<PreparedStep> {
  return prepareStepWith(source, transform);
}

/** {@link prepareStep} for an engine that takes another form, which `make` gives for plain JavaScript. */
export async function prepareStepWith<T>(source: string, make: (javascript: string) => T): Promise<PreparedStep<T>> {
  if (!mayBeGenericCall(source)) {
    try {
      return { step: make(source) };
    } catch (error) {
      // Too deep for the parser of JavaScript is too deep for the one of TypeScript.
      if (!(error instanceof SyntaxError)) return failed(tooDeep);
    }
  }
  try {
    return { step: make(await stripTypes(source)) };
  } catch (error) {
    if (error instanceof TypeScriptProblem) return failed(error.message, within(source, error.position));
    if (error instanceof SyntaxError) return failed(error.message, acornPosition(source, error));
    return { ...failed(tooDeep), broken: true };
  }
}

/** `f<T>(x)` and `new C<T>(x)` are also JavaScript, but not what was meant: a `>` before a parenthesis is suspicious. */
export function mayBeGenericCall(source: string): boolean {
  const first = source.indexOf("<");
  if (first < 0) return false;
  const closing = /(?<!=)>\s*[(`]/g;
  closing.lastIndex = first;
  return closing.test(source);
}

function failed(problem: string, position?: Position): { error: RunError; broken: boolean } {
  const message = /\bimport\b/.test(problem) ? noImports : problem.replace(/ \(\d+:\d+\)$/, "");
  return { error: { code: "SANDBOX_SYNTAX", name: "SyntaxError", message, ...position }, broken: false };
}

/** Errors at the very end are reported behind the source, where the wrapper closes. */
function within(source: string, position: Position): Position {
  return positionAt(source, offsetAt(source, position));
}

function acornPosition(source: string, error: SyntaxError): Position | undefined {
  const { pos } = error as { pos?: unknown };
  return typeof pos === "number" ? positionAt(source, pos) : undefined;
}
