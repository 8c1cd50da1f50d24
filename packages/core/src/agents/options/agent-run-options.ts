import type { MemoryJson } from "../../memory/json/memory-json.ts";
import type { Memory } from "../../memory/memory.ts";
import type { MediaRef } from "../../media/media-ref.ts";
import type { ImagePart } from "../../messages/message.ts";
import type { AdditionalArgs } from "../code/additional-args.ts";

/** Options of one run. */
export interface AgentRunOptions {
  /** Forget earlier runs, and the variables of their code. @default true, false where the task is `null` */
  reset?: boolean | undefined;
  /**
   * Go on from this memory, in place of the agent's own: one that was exported, or another agent's. Implies
   * `reset: false` for what it holds; variables of its code are gone, and the model is told so.
   */
  memory?: Memory | MemoryJson | undefined;
  /** Images that belong to the task. The model sees them with the task. */
  images?: readonly (ImagePart | MediaRef)[] | undefined;
  /** Values that the task is about, by name: variables of the code, and what tool calls may name as an argument. */
  additionalArgs?: AdditionalArgs | undefined;
  /** Most steps of this run: a whole number from 1. */
  maxSteps?: number | undefined;
  /** Ends the run: it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Handed to the tools as `context.context`. Never shown to the model. */
  context?: unknown | undefined;
}
