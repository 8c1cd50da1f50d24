import { Buffer } from "node:buffer";
import { errorMessage, type HostFunction, type RunError, type RunResult } from "@smoltools/core";
import { encode, type FromPython, type PythonProcess } from "./python-process.ts";
import { RunTimer } from "./run-timer.ts";

/** How long code may wind down after its final answer. */
const closingMs = 500;

/** The call that the code waits for. */
interface OpenCall {
  name: string;
  controller: AbortController;
  /** Works in progress that do not count in the time limit. */
  untimed: number;
}

interface RunSettings {
  functions: ReadonlyMap<string, HostFunction>;
  timeoutMs: number;
  maxOutputBytes: number;
  onOutput: ((text: string) => void) | undefined;
}

type Outcome = Pick<RunResult, "value" | "error" | "finalAnswer" | "stateLost">;

/** One run in a process, from its code to its result. */
export class PythonRun {
  readonly #process: PythonProcess;
  readonly #settings: RunSettings;
  readonly #outcome = Promise.withResolvers<Outcome>();
  readonly #printed: string[] = [];
  #bytesLeft: number;
  #call: OpenCall | undefined;
  #answer: RunResult["finalAnswer"];
  #timer: RunTimer;

  constructor(process: PythonProcess, settings: RunSettings) {
    this.#process = process;
    this.#settings = settings;
    this.#bytesLeft = settings.maxOutputBytes;
    this.#timer = new RunTimer(settings.timeoutMs, () => this.#lose(this.#timeoutError()));
    process.listener = {
      onMessage: (message) => this.#receive(message),
      onExit: (reason) => this.#lose({ code: "SANDBOX_CRASH", name: "EngineError", message: `python3: ${reason}` }),
    };
  }

  /**
   * @param step - The code and its variables, encoded.
   * @throws The signal's reason when it is aborted; the process has to be thrown away then.
   */
  async result(step: string, signal: AbortSignal): Promise<RunResult> {
    const startedAt = performance.now();
    const onAbort = (): void => this.#outcome.reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      signal.throwIfAborted();
      this.#process.send(step);
      const outcome = await this.#outcome.promise;
      return { ...outcome, output: this.#printed.join("\n"), durationMs: performance.now() - startedAt };
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#process.listener = undefined;
      this.#closeCall()?.controller.abort(new DOMException("the run that made this call is over", "AbortError"));
      this.#timer[Symbol.dispose]();
    }
  }

  #receive(message: FromPython): void {
    if (message.type === "output") this.#print(message.text);
    else if (message.type === "call") void this.#perform(message.name, message.args);
    else if (message.type === "answer") {
      this.#answer ??= { value: message.value };
      this.#timer[Symbol.dispose]();
      this.#timer = new RunTimer(closingMs, () => this.#lose());
    } else if (message.type === "ended") {
      const { value, error } = message;
      this.#end({ ...(value !== undefined && { value }), ...(error && { error: placed(error) }), stateLost: false });
    }
  }

  async #perform(name: string, args: unknown[]): Promise<void> {
    const call: OpenCall = { name, controller: new AbortController(), untimed: 0 };
    this.#call = call;
    const untimed = <Result>(work: Promise<Result>): Promise<Result> => {
      void this.#waitUntimed(call, work);
      return work;
    };
    let answer: string;
    try {
      const work = this.#settings.functions.get(name);
      if (!work) throw new Error(`the host has no function ${name}`);
      answer = encode({ ok: true, value: await work(args, { signal: call.controller.signal, untimed }) });
    } catch (error) {
      const className = error instanceof Error ? error.name : "Error";
      answer = encode({ ok: false, name: className, message: errorMessage(error) });
    }
    if (this.#closeCall(call)) this.#process.send(answer);
  }

  async #waitUntimed(call: OpenCall, work: Promise<unknown>): Promise<void> {
    if (this.#call !== call) return;
    call.untimed += 1;
    this.#timer.pause();
    await Promise.allSettled([work]);
    call.untimed -= 1;
    if (this.#call === call && call.untimed === 0) this.#timer.resume();
  }

  /** The call that was open; nothing when it is another than the one that is meant. */
  #closeCall(meant: OpenCall | undefined = this.#call): OpenCall | undefined {
    const call = this.#call;
    if (!call || call !== meant) return undefined;
    this.#call = undefined;
    if (call.untimed > 0) this.#timer.resume();
    return call;
  }

  #print(text: string): void {
    if (this.#bytesLeft < 0) return;
    this.#bytesLeft -= Buffer.byteLength(text) + 1;
    const { maxOutputBytes, onOutput } = this.#settings;
    const shown = this.#bytesLeft < 0 ? `[more was printed: cut at ${maxOutputBytes} bytes (maxOutputBytes)]` : text;
    this.#printed.push(shown);
    try {
      onOutput?.(shown);
    } catch {
      // A listener that fails is no reason to end the run: the output is in the result all the same.
    }
  }

  #lose(error?: RunError): void {
    this.#end({ ...(error && { error }), stateLost: true });
  }

  #end({ stateLost, ...outcome }: Outcome): void {
    this.#outcome.resolve({ ...(this.#answer ? { finalAnswer: this.#answer } : outcome), stateLost });
  }

  #timeoutError(): RunError {
    const state = this.#call ? `it was waiting for ${this.#call.name}` : "it was still busy";
    const message = `the code took longer than ${this.#settings.timeoutMs} ms: ${state}`;
    return { code: "SANDBOX_TIMEOUT", name: "TimeoutError", message };
  }
}

function placed({ line, column, ...error }: NonNullable<Extract<FromPython, { type: "ended" }>["error"]>): RunError {
  return { ...error, ...(line && { line }), ...(column && { column }) };
}
