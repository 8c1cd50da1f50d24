import { runInThisContext } from "node:vm";
import { defineGlobal } from "../../quickjs/guest/intrinsics.ts";
import { StepSyntaxError } from "./step-syntax-error.ts";
import type { JsStep } from "./platform.ts";

/** Evaluates the form of a step whose variables are globals: an engine needs no REPL mode for it. */
export async function evaluateScript(step: JsStep): Promise<unknown> {
  const { body, variables, files } = step;
  declareFunctions(step);
  const run = evaluate(body, files.body) as () => Promise<unknown>;
  for (const name of variables) if (!isDefined(name)) defineGlobal(name, undefined);
  return await run();
}

function declareFunctions({ functions, assignedFunctions = "", files }: JsStep): void {
  if (functions === undefined) return;
  try {
    evaluate(functions, files.functions);
  } catch (error) {
    // A variable of the REPL mode has the name of one of them.
    if (!(error instanceof StepSyntaxError) || !isRedeclaration(error.cause)) throw error;
    evaluate(assignedFunctions, files.functions);
  }
}

/** Whether the engine refuses to declare a name again. */
export function isRedeclaration(thrown: unknown): boolean {
  return thrown instanceof SyntaxError && thrown.message.endsWith("has already been declared");
}

/** Whether a declaration that failed has left a variable of this name that can be neither read nor set. */
export function isUnusable(name: string): boolean {
  try {
    isDefined(name);
    return false;
  } catch {
    return true;
  }
}

/** Whether there is a variable of this name: those that the REPL mode declared are no properties of the global object. */
function isDefined(name: string): boolean {
  return runInThisContext(`typeof ${name}`) !== "undefined" || name in globalThis;
}

/** Evaluates a script that only declares: what can go wrong is its syntax. */
function evaluate(source: string, file: string): unknown {
  try {
    return runInThisContext(source, { filename: file });
  } catch (error) {
    throw new StepSyntaxError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
