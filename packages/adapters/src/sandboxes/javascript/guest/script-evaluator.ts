import { runInThisContext } from "node:vm";
import { defineGlobal } from "../../quickjs/guest/intrinsics.ts";
import { StepSyntaxError } from "./step-syntax-error.ts";
import type { JsStep } from "./platform.ts";

/** Evaluates the form of a step whose variables are globals: an engine needs no REPL mode for it. */
export async function evaluateScript({ functions, body, variables, files }: JsStep): Promise<unknown> {
  if (functions !== undefined) evaluate(functions, files.functions);
  const step = evaluate(body, files.body) as () => Promise<unknown>;
  for (const name of variables) if (!isDefined(name)) defineGlobal(name, undefined);
  return await step();
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
