import { Worker } from "node:worker_threads";
import type { PreparedStep } from "../step/prepare-step.ts";
import type { ReplStep } from "./repl-step.ts";

/** So large that the parser's own recursion is noticed in time. */
const resourceLimits = { stackSizeMb: 16, maxOldGenerationSizeMb: 1024 };

/** A thread that prepares steps, one after another. It keeps the process alive only while it does. */
export class StepThread {
  readonly #worker: Worker;
  #resolve: ((prepared: PreparedStep<ReplStep>) => void) | undefined;

  constructor() {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    this.#worker = new Worker(new URL(`./prepare-worker.${extension}`, import.meta.url), {
      name: "smoltools-steps",
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits,
    });
    this.#worker.on("message", (prepared: PreparedStep<ReplStep>) => this.#answer(prepared));
    this.#worker.on("error", (error) => this.#answer(unparsable(error.message)));
    this.#worker.on("exit", () => this.#answer(unparsable("the thread that parses has ended")));
    this.#worker.unref();
  }

  /** Prepares a step. A thread that comes to an end, by itself or not, answers with an error that says `broken`. */
  prepare(code: string): Promise<PreparedStep<ReplStep>> {
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#worker.postMessage(code, []);
    });
  }

  end(): void {
    void this.#worker.terminate();
  }

  #answer(prepared: PreparedStep<ReplStep>): void {
    this.#worker.unref();
    this.#resolve?.(prepared);
    this.#resolve = undefined;
  }
}

function unparsable(why: string): PreparedStep<ReplStep> {
  const message = `the code cannot be parsed: ${why}`;
  return { error: { code: "SANDBOX_SYNTAX", name: "SyntaxError", message }, broken: true };
}
