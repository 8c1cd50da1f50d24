import { Session } from "node:inspector";
import process from "node:process";
import type { Evaluate, JsStep } from "./platform.ts";
import { evaluateScript, isRedeclaration, isUnusable } from "./script-evaluator.ts";

/** Code and host share a realm: this is where the session hands over the values that it only knows by number. */
const taken = Symbol("taken");
const group = "step";
/** Status of a process that cannot go on. */
const sessionLost = 70;

interface RemoteObject {
  type: string;
  value?: unknown;
  unserializableValue?: string;
  objectId?: string;
}

interface Evaluation {
  result: RemoteObject;
  exceptionDetails?: { exception?: RemoteObject; text: string };
}

/**
 * Evaluates steps in V8's REPL mode, which knows top-level `await`, keeps `let` and `class` from step to step, lets
 * them be declared again, and runs top-level loops at full speed.
 *
 * Chrome DevTools Protocol, `Runtime.evaluate` with `replMode`.
 */
export function replEvaluator(): Evaluate {
  // Kept before any code can replace it.
  const exit = process.exit.bind(process);
  const session = new Session();
  session.connect();
  let hand: unknown;
  Object.defineProperty(globalThis, taken, {
    value: (value: unknown) => {
      hand = value;
    },
  });
  const key = "Object.getOwnPropertySymbols(globalThis).find((symbol) => symbol.description === 'taken')";

  const post = <T>(method: string, parameters: object): Promise<T> =>
    new Promise((resolve) => {
      session.post(method, parameters, (error: Error | null, result?: object) => {
        // A session that fails stays broken: only a new process helps.
        if (error) exit(sessionLost);
        else resolve(result as T);
      });
    });

  /** The value itself: a promise in a box, so that nobody awaits it on the way. */
  const take = async (object: RemoteObject): Promise<{ value: unknown }> => {
    if (object.objectId === undefined) return { value: primitive(object) };
    await post("Runtime.callFunctionOn", {
      objectId: object.objectId,
      functionDeclaration: `function () { globalThis[${key}](this); }`,
    });
    const box = { value: hand };
    hand = undefined;
    return box;
  };

  return async (step: JsStep, run: number) => {
    if (step.repl === undefined) return evaluateScript(step);
    const evaluation = await post<Evaluation>("Runtime.evaluate", {
      expression: `${step.repl}\n//# sourceURL=step-${run}-repl.js`,
      replMode: true,
      awaitPromise: true,
      objectGroup: group,
    });
    try {
      const { exceptionDetails, result } = evaluation;
      if (exceptionDetails) {
        const { value: thrown } = await take(exceptionDetails.exception ?? result);
        if (!isRedeclaration(thrown)) throw thrown;
        // A name that was declared in a way which the REPL mode cannot change: as a global it can be.
        for (const name of [...step.variables, ...step.names].filter(isUnusable)) {
          await post("Runtime.evaluate", { expression: `let ${name}`, replMode: true });
        }
        return await evaluateScript(step);
      }
      if (!step.hasValue) return undefined;
      const { value } = await take(result);
      return await value;
    } finally {
      session.post("Runtime.releaseObjectGroup", { objectGroup: group });
    }
  };
}

function primitive({ type, value, unserializableValue }: RemoteObject): unknown {
  if (unserializableValue === undefined) return value;
  return type === "bigint" ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
}
