import type { RunError, SandboxLimits } from "@smoltools/core";
import type { RunEvents } from "../../engine/engine.ts";
import { RunRecord } from "../../engine/run-record.ts";
import { placeInStep, type StepFiles, stepFiles } from "../../step/step-files.ts";
import type { Step } from "../../step/transform.ts";
import type { GuestFailure } from "../guest/host.ts";
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
    return runErrorFrom(failure, this.#limits, placeInStep(failure.stack, this.files, this.step));
  }
}
