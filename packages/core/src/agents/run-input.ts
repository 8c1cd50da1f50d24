import { isMediaRef, type MediaRef } from "../media/media-ref.ts";
import { Memory } from "../memory/memory.ts";
import { imagePart } from "../messages/image-part.ts";
import type { ImagePart } from "../messages/message.ts";
import type { Agent } from "./agent.ts";
import { configError } from "./agent-error.ts";
import type { AdditionalArgs } from "./code/additional-args.ts";
import type { AgentRunOptions } from "./options/agent-run-options.ts";
import { checkShape } from "./options/option-shape.ts";
import { runShape } from "./options/option-shapes.ts";

/** What the caller of a run gave, once it is checked. */
export interface RunInput {
  /** The task, or the last one of the memory. */
  readonly task: string;
  /** Whether the run goes on with the last task of the memory. */
  readonly goesOn: boolean;
  readonly images: readonly ImagePart[];
  readonly additionalArgs: AdditionalArgs;
  /** The memory with which the run begins, which may be the agent's own; `undefined` for an empty one. */
  readonly memory: Memory | undefined;
}

/**
 * Checks what the caller of a run gave. Nothing is changed yet.
 *
 * @throws AgentError `AGENT_CONFIG`, MemoryError for a memory that is none.
 */
export function runInput(agent: Agent, task: string | null, options: AgentRunOptions): RunInput {
  checkShape("The run", options, runShape);
  if (typeof task !== "string" && task !== null) {
    throw configError("The task must be a text, or null to go on with the last one");
  }
  const { additionalArgs = {}, images = [] } = options;
  if (images.length > 0 && agent.model.supports?.images === false) {
    throw configError(`images: the model ${agent.model.id} takes none`);
  }
  const memory = memoryToBeginWith(agent, task, options);
  return {
    task: task ?? memory?.task?.task ?? "",
    goesOn: task === null,
    images: images.map((image) => (isMediaRef(image) ? taskImage(image) : image)),
    additionalArgs,
    memory,
  };
}

function memoryToBeginWith(
  agent: Agent,
  task: string | null,
  { memory, reset = task !== null && memory === undefined }: AgentRunOptions,
): Memory | undefined {
  if (reset && memory !== undefined) throw configError("reset: true forgets the memory that is given: leave one out");
  if (reset && task === null) throw configError("reset: true forgets the task to go on with: leave it out");
  if (reset) return undefined;
  const from = memory === undefined ? agent.memory : memory instanceof Memory ? memory : Memory.fromJSON(memory);
  if (task === null && !from.task) throw configError("There is no task to go on with: the memory holds none");
  return from;
}

function taskImage(media: MediaRef): ImagePart {
  const image = imagePart(media);
  if (!image) throw configError(`images: a value of the type ${media.mediaType} is no image`);
  return image;
}
