import { Math, TypeError } from "./builtins.ts";
import { callHost, endCalls, openCalls, settle } from "./calls.ts";
import { closeConsole, guestConsole, openConsole } from "./console.ts";
import { checkLength, encode } from "./encode.ts";
import { describeFailure } from "./errors.ts";
import { finalAnswer, resetFinalAnswer } from "./final-answer.ts";
import { connect, type GuestSettings, type Host, host } from "./host.ts";
import { inspect } from "./inspect.ts";
import { defineFixedGlobal, defineGlobal, defineProperty, parseJson, toJson } from "./intrinsics.ts";
import { defineLocaleMethods } from "./locale-methods.ts";
import { random } from "./random.ts";
import { endTimers, fireTimer } from "./timers.ts";
import { defineWebGlobals } from "./web-globals.ts";

/** What the worker calls inside. */
export interface Guest {
  /** Makes an engine of it: called once, before anything else. */
  boot(settingsJson: string): void;
  /** @throws What the code brought about, such as TypeError when the global object is frozen. */
  setVariable(name: string, json: string | undefined): void;
  /** Runs a step; the outcome is told through the host. `namesJson` are the variables that it declares. */
  start(step: () => Promise<unknown>, namesJson: string): void;
  settle(id: number, ok: boolean, json: string | undefined): void;
  fireTimer(): void;
  /** Ends what a run left open. */
  end(): void;
  /** Describes anything that was thrown, as JSON of a `GuestFailure`. */
  describe(thrown: unknown): string;
}

/** Sets up the globals that every engine has, before any is made. */
export function setUp(connection: Host): Guest {
  defineGlobal("console", guestConsole);
  defineWebGlobals();
  defineLocaleMethods();
  defineProperty(Math, "random", { value: random, writable: true, configurable: true, enumerable: false });
  defineFixedGlobal("finalAnswer", finalAnswer, "finalAnswer cannot be re-assigned: choose another name");
  const boot = (settingsJson: string): void => {
    const settings = parseJson(settingsJson) as GuestSettings;
    connect(connection, settings);
    for (const name of settings.functions) defineHostFunction(name);
  };
  return { boot, setVariable, start, settle, fireTimer, end, describe: describeFailure };
}

function defineHostFunction(name: string): void {
  const refusal = `${name} is a function of the host and cannot be re-assigned: choose another name`;
  defineFixedGlobal(name, (...args: unknown[]) => callHost(name, args), refusal);
}

function setVariable(name: string, json: string | undefined): void {
  defineGlobal(name, json === undefined ? undefined : parseJson(json));
}

function start(step: () => Promise<unknown>, namesJson: string): void {
  openCalls();
  openConsole();
  resetFinalAnswer();
  void report(step, namesJson);
}

function end(): void {
  closeConsole();
  endTimers();
  endCalls();
}

async function report(step: () => Promise<unknown>, namesJson: string): Promise<void> {
  try {
    for (const name of parseJson(namesJson) as string[]) if (!(name in globalThis)) defineGlobal(name, undefined);
    const value = await step();
    const json = valueJson(value);
    checkLength(json, "maxResultBytes", "the value of the run");
    host.succeed(json);
  } catch (error) {
    host.fail(describeFailure(error));
  }
}

/** The value as JSON, or as the text that `console.log` would print where JSON cannot hold it. */
function valueJson(value: unknown): string | undefined {
  try {
    return encode(value, "the value of the run");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return toJson(inspect(value, 10_000));
  }
}
