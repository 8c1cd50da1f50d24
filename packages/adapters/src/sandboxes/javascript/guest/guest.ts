import { callHost, endCalls, openCalls, settle } from "../../quickjs/guest/calls.ts";
import { encode, checkLength } from "../../quickjs/guest/encode.ts";
import { describeFailure } from "../../quickjs/guest/errors.ts";
import { finalAnswer, resetFinalAnswer } from "../../quickjs/guest/final-answer.ts";
import { connect, type GuestSettings } from "../../quickjs/guest/host.ts";
import { defineFixedGlobal, defineGlobal } from "../../quickjs/guest/intrinsics.ts";
import { hostFetch } from "./fetch.ts";
import { Output } from "./output.ts";
import type { JsStep, Line, Platform } from "./platform.ts";
import { StepSyntaxError } from "./step-syntax-error.ts";

type Variable = readonly [name: string, json: string | undefined];

interface Setup {
  functions: string[];
  modules: Record<string, string>;
  variables: Variable[];
  hasFetch: boolean;
  limits: Omit<GuestSettings, "functions" | "hasFetch">;
}

type Message =
  | { type: "setup"; setup: Setup }
  | { type: "run"; run: number; step: JsStep; variables: Variable[] }
  | { type: "settle"; answers: { id: number; ok: boolean; json?: string }[] }
  | { type: "stop"; run: number }
  | { type: "ping"; id: number; atRest?: boolean };

const { parse } = JSON;
/** Arguments of so many characters wait for others to be sent together with. */
const sentTogether = 64 * 1024;

/** Runs steps for the host at the other end of the line. The code shares this process: nothing here is out of reach. */
export class Guest {
  readonly #line: Line;
  readonly #platform: Platform;
  readonly #output: Output;
  #calls: object[] = [];
  /** Characters of their arguments. */
  #callsLength = 0;
  #run: { number: number; stop: () => void } | undefined;

  constructor(line: Line, platform: Platform) {
    this.#line = line;
    this.#platform = platform;
    this.#output = new Output((texts) => line.send({ type: "output", texts }));
  }

  /** Where printed text goes. */
  get output(): Output {
    return this.#output;
  }

  start(): void {
    this.#line.listen((message) => this.#receive(message as Message));
  }

  #receive(message: Message): void {
    switch (message.type) {
      case "setup":
        this.#setUp(message.setup);
        break;
      case "run":
        for (const [name, json] of message.variables) setVariable(name, json);
        void this.#perform(message.run, message.step);
        break;
      case "settle":
        for (const { id, ok, json } of message.answers) settle(id, ok, json);
        break;
      case "stop":
        if (this.#run?.number === message.run) this.#run.stop();
        break;
      case "ping":
        if (message.atRest && this.#run) return;
        this.#line.send({ type: "pong", id: message.id, busyMs: this.#platform.busyMs?.() });
        break;
    }
  }

  #setUp({ functions, modules, variables, hasFetch, limits }: Setup): void {
    try {
      connect(
        {
          call: (id, name, args, undefinedAt) => this.#call({ id, name, args, undefinedAt }),
          cancel: (id) => this.#line.send({ type: "cancel", id }),
          answer: (json) => this.#line.send({ type: "answer", json }),
          now: () => performance.now(),
          // The rest of the interface is for engines that have nothing of their own.
          ...unused,
        },
        { ...limits, functions, hasFetch },
      );
      this.#output.limit = limits.maxOutputBytes;
      defineFixedGlobal("finalAnswer", finalAnswer, "finalAnswer cannot be re-assigned: choose another name");
      for (const name of functions) {
        const refusal = `${name} is a function of the host and cannot be re-assigned: choose another name`;
        defineFixedGlobal(name, (...args: unknown[]) => callHost(name, args), refusal);
      }
      defineGlobal("fetch", hostFetch);
      this.#platform.setModules(modules);
      defineGlobal("$load$", (specifier: unknown) => this.#platform.load(String(specifier)));
      for (const [name, json] of variables) setVariable(name, json);
      this.#line.send({ type: "ready" });
    } catch (error) {
      this.#line.send({ type: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  async #perform(number: number, step: JsStep): Promise<void> {
    const stopped = new Promise<never>((_, reject) => {
      this.#run = { number, stop: () => reject(new Error("the run was stopped")) };
    });
    openCalls();
    resetFinalAnswer();
    this.#output.open();
    let outcome: object;
    try {
      const value = await Promise.race([this.#platform.evaluate(step, number), stopped]);
      const json = this.#valueJson(value);
      checkLength(json, "maxResultBytes", "the value of the run");
      outcome = { json };
    } catch (error) {
      outcome = { failure: failureOf(error) };
    }
    endCalls();
    this.#output.close();
    this.#run = undefined;
    this.#line.send({ type: "ended", run: number, ...outcome });
  }

  /** The value as JSON, or as the text that `console.log` would print where JSON cannot hold it. */
  #valueJson(value: unknown): string | undefined {
    try {
      return encode(value, "the value of the run");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return JSON.stringify(this.#platform.format([value]).slice(0, 10_000));
    }
  }

  /** Calls that are made together are sent together, but not so many that the message is too long. */
  #call(call: { id: number; name: string; args: string; undefinedAt: string | undefined }): undefined {
    this.#callsLength += call.args.length;
    if (this.#calls.push(call) === 1) queueMicrotask(() => this.#sendCalls());
    if (this.#callsLength > sentTogether) this.#sendCalls();
  }

  #sendCalls(): void {
    const calls = this.#calls;
    if (calls.length === 0) return;
    this.#calls = [];
    this.#callsLength = 0;
    this.#output.flush();
    this.#line.send({ type: "calls", calls });
  }
}

const unused = {
  print: () => -1,
  succeed: () => undefined,
  fail: () => undefined,
  wake: () => undefined,
  service: () => undefined,
  bytes: () => new ArrayBuffer(0),
  text: () => undefined,
};

function setVariable(name: string, json: string | undefined): void {
  const value = json === undefined ? undefined : (parse(json) as unknown);
  defineGlobal(name, value);
}

function failureOf(error: unknown): object {
  const failure = parse(describeFailure(error)) as { name: string; message: string };
  if (failure.name === "RangeError" && failure.message === "Maximum call stack size exceeded") {
    return { ...failure, code: "SANDBOX_STACK", message: "the code recursed too deeply" };
  }
  if (failure.name === "RangeError" && /allocation failed/.test(failure.message)) {
    return { ...failure, code: "SANDBOX_MEMORY" };
  }
  return error instanceof StepSyntaxError ? { ...failure, name: "SyntaxError", code: "SANDBOX_SYNTAX" } : failure;
}
