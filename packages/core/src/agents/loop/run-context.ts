import type { MessageOptions } from "../../memory/step.ts";
import type { Memory } from "../../memory/memory.ts";
import type { Message } from "../../messages/message.ts";
import type { JsonSchema } from "../../schema/json-schema.ts";
import type { Model, ModelRequest } from "../../model/model.ts";
import type { AgentRun } from "../agent-run.ts";
import type { Prompts } from "../prompts/prompts.ts";

/** What everything in a run needs to ask the model: steps, plans, summaries and closing answers. */
export interface RunContext {
  readonly run: AgentRun;
  readonly model: Model;
  readonly memory: Memory;
  readonly prompts: Prompts;
  /** The task as it was given. */
  readonly task: string;
  /** Most images of one request. */
  readonly maxImages: number;
  /** Parameters of every request. */
  readonly parameters: Pick<ModelRequest, "maxTokens" | "temperature">;
  /** Declarations of the tools and the section on managed agents, for plans. */
  readonly tools: string;
  readonly managedAgents: string;
  readonly maxSteps: number;
  /** What the final answer has to be. */
  readonly answerSchema: JsonSchema | undefined;
}

/** The conversation so far. */
export function conversation({ memory, maxImages }: RunContext, options: MessageOptions = {}): Message[] {
  return memory.toMessages({ ...options, maxImages });
}
