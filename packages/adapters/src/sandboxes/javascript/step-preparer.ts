import { Worker } from "node:worker_threads";
import { mayBeGenericCall, type PreparedStep } from "../step/prepare-step.ts";
import type { PrepareRequest } from "./prepare-worker.ts";
import { type ReplStep, replStep } from "./repl-step.ts";

/** Source so short is parsed at once: nothing in it can take long, and the way to the thread and back would. */
const shortLength = 4000;

/** So large that the parser's own recursion is noticed in time. */
const resourceLimits = { stackSizeMb: 16, maxOldGenerationSizeMb: 1024 };
const tooLong: PreparedStep<ReplStep> = {
  error: { code: "SANDBOX_SYNTAX", name: "SyntaxError", message: "the code takes too long to parse" },
  broken: false,
};

interface Waiting {
  resolve(prepared: PreparedStep<ReplStep>): void;
  reject(reason: unknown): void;
}

/** Prepares steps in a thread that all sandboxes share, and that is replaced when a step is too much for it. */
class StepPreparer {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  /** Starts the thread ahead of need. */
  warmUp(): void {
    this.#worker ??= this.#start();
  }

  async prepare(code: string, timeoutMs: number): Promise<PreparedStep<ReplStep>> {
    const short = shortStep(code);
    if (short) return { step: short };
    this.warmUp();
    const id = this.#nextId++;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#drop();
    }, timeoutMs);
    this.#worker?.ref();
    try {
      const prepared = await new Promise<PreparedStep<ReplStep>>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        this.#worker?.postMessage({ id, code } satisfies PrepareRequest, []);
      });
      if ("error" in prepared && prepared.broken) this.#drop();
      return prepared;
    } catch (error) {
      if (late) return tooLong;
      const message = `the code cannot be parsed: ${error instanceof Error ? error.message : String(error)}`;
      return { error: { code: "SANDBOX_SYNTAX", name: "SyntaxError", message }, broken: false };
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#worker?.unref();
    }
  }

  #start(): Worker {
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const worker = new Worker(new URL(`./prepare-worker.${extension}`, import.meta.url), {
      name: "smoltools-steps",
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits,
    });
    worker.on("message", ({ id, prepared }: { id: number; prepared: PreparedStep<ReplStep> }) => {
      this.#waiting.get(id)?.resolve(prepared);
    });
    worker.on("error", (error) => this.#lose(worker, error));
    worker.on("exit", () => this.#lose(worker, new Error("the thread that parses has ended")));
    worker.unref();
    return worker;
  }

  #drop(): void {
    const worker = this.#worker;
    if (!worker) return;
    this.#lose(worker, new Error("the thread that parses was replaced: run the code again"));
    void worker.terminate();
  }

  #lose(worker: Worker, reason: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(reason);
  }
}

/** The step, where it is short and plain JavaScript. */
function shortStep(code: string): ReplStep | undefined {
  if (code.length > shortLength || mayBeGenericCall(code)) return undefined;
  try {
    return replStep(code);
  } catch {
    // TypeScript, or wrong: the thread says which.
    return undefined;
  }
}

/** The one preparer of this process. */
export const stepPreparer: StepPreparer = new StepPreparer();
