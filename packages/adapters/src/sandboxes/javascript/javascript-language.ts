import { placeInStep, stepFiles } from "../step/step-files.ts";
import { TextEdits } from "../step/text-edits.ts";
import { sourcePosition } from "../step/transform.ts";
import type { GuestLanguage } from "../channel/guest-language.ts";
import { stepPreparer } from "./step-preparer.ts";

/** Steps of JavaScript and TypeScript for guests that run on V8. */
export const javascriptLanguage: GuestLanguage = {
  prepare: async (code, { functions }, run, timeoutMs) => {
    const prepared = await stepPreparer.prepare(code, timeoutMs);
    if ("error" in prepared) return { error: prepared.error };
    const { names, edits, ...step } = prepared.step;
    const taken = names.find((name) => name === "finalAnswer" || functions.includes(name));
    if (taken !== undefined) {
      const message = `${taken} is a function of the host and cannot be declared again: choose another name`;
      return { error: { code: "SANDBOX_EXCEPTION", name: "TypeError", message } };
    }
    const files = stepFiles(run);
    return {
      step: { ...step, names, files },
      place: (stack) => {
        const replPlace = placeInStep(stack, { body: replFile(run), functions: "" }, { sourcePosition: (at) => at });
        if (replPlace) return replPlace;
        const toSource = (at: { line: number; column: number }): { line: number; column: number } =>
          sourcePosition(code, step.body, new TextEdits(code, edits), at);
        return placeInStep(stack, files, { sourcePosition: toSource });
      },
    };
  },
  exitError: ({ code, signal, stderr = "" }, { memoryBytes }) => {
    // V8 ends the process when its heap or an allocation fails; the message is the only sign that tells it from a crash.
    if (!/heap out of memory|OOM|allocation failed|out of memory/i.test(stderr)) return undefined;
    const how = signal ?? `code ${code ?? "unknown"}`;
    const message = `the values of the code take more than ${memoryBytes} bytes (memoryBytes): the engine ended with ${how}`;
    return { code: "SANDBOX_MEMORY", name: "EngineError", message };
  },
};

/** Under which name a step in REPL mode appears in stacks. */
function replFile(run: number): string {
  return `step-${run}-repl.js`;
}
