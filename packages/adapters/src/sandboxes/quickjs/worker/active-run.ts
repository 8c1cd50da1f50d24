import type { RunError, SandboxLimits } from "@smoltools/core";
import type { RunEvents } from "../../engine/engine.ts";
import { RunRecord } from "../../engine/run-record.ts";
import { type Origin, originElsewhere, placeInStep, type StepFiles, stepFiles } from "../../step/step-files.ts";
import type { Step } from "../../step/transform.ts";
import type { GuestFailure } from "../guest/host.ts";
import { modulePrefix } from "./module-loader.ts";
import { runErrorFrom } from "./run-error.ts";

/** The run in progress, with its source. */
export class ActiveRun extends RunRecord {
  readonly step: Step;
  readonly files: StepFiles;
  readonly #limits: SandboxLimits;

  /** @param number - Tells the scripts of different runs apart. */
  constructor(step: Step, number: number, limits: SandboxLimits, timeoutMs: number, events: RunEvents) {
    super(limits, timeoutMs, events);
    this.step = step;
    this.files = stepFiles(number);
    this.#limits = limits;
  }

  /** The error for something that the code threw. */
  errorFrom(failure: GuestFailure): RunError {
    const error = runErrorFrom(failure, this.#limits, placeInStep(failure.stack, this.files, this.step));
    const origin = originElsewhere(failure.stack, this.files, modulePrefix);
    return origin && error.code === "SANDBOX_EXCEPTION" ? withOrigin(error, origin) : error;
  }
}

/** Errors that are rather mistakes in the code that threw them than news for those who called it. */
const mistakes: ReadonlySet<string> = new Set(["ReferenceError", "SyntaxError", "TypeError"]);

/** The line of the step, if there is one, is that of the call: the message says where the error comes from. */
function withOrigin(error: RunError, { module, name, line }: Origin): RunError {
  if (module !== undefined && !mistakes.has(error.name)) return error;
  const inFunction = name === undefined ? "" : `${name}, `;
  const where =
    module === undefined ? `${inFunction}line ${line} of an earlier run` : `the module "${module}", line ${line}`;
  return { ...error, message: `${error.message} (thrown in ${where})` };
}
