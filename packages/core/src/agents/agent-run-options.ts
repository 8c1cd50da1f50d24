import type { ImagePart } from "../messages/message.ts";
import type { AdditionalArgs } from "./additional-args.ts";

/** Options of one run. */
export interface AgentRunOptions {
  /** Forget earlier runs, and the variables of their code. @default true */
  reset?: boolean;
  /** Images that belong to the task. The model sees them once, with the task. */
  images?: readonly ImagePart[];
  /** Variables of the code, as JSON values; the task's text names them. */
  additionalArgs?: AdditionalArgs;
  /** Most steps of this run: a whole number from 1. */
  maxSteps?: number;
  /** Ends the run: it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Handed to the tools as `context.context`. Never shown to the model. */
  context?: unknown;
}
