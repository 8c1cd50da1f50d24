import type { JsonSchema } from "../../schema/json-schema.ts";
import type { Model, ModelRequest } from "../../model/model.ts";
import type { Tool } from "../../tool/tool.ts";
import type { Agent } from "../agent.ts";
import type { ToolGate } from "../calls/tool-gate.ts";
import type { ToolSearch } from "../calls/tool-search.ts";
import type { Budget } from "../loop/budget.ts";
import type { Compaction } from "../loop/compaction.ts";
import type { FinalAnswerCheck } from "../loop/final-answer-checks.ts";
import type { StepCallbacks } from "../loop/step-callbacks.ts";
import type { StopCondition } from "../loop/stop-condition.ts";
import type { AgentObserver } from "../observer.ts";
import type { PromptTemplates } from "../prompts/prompts.ts";

/** Options of every kind of agent. Those of {@link ToolGate} hold for the agents that it manages, too. */
export interface AgentOptions extends ToolGate {
  model: Model;
  /**
   * What the agent can call. A tool called `final_answer` takes the place of the built-in one: its input is what the
   * model answers with, and what it returns is the answer.
   */
  tools?: readonly Tool[] | undefined;
  /** Agents to which this one can give tasks. Each needs a name and a description. */
  managedAgents?: readonly Agent[] | undefined;
  /** By which managers and traces know the agent: like the name of a tool. */
  name?: string | undefined;
  /** What the agent can do, for managers. */
  description?: string | undefined;
  /** Text added to the system prompt. */
  instructions?: string | undefined;
  /** Prompts in place of the default ones, each by itself. */
  prompts?: Partial<PromptTemplates> | undefined;
  /** Most steps of a run before the model is asked for its answer: a whole number from 1. @default 20 */
  maxSteps?: number | undefined;
  /** What a run may use besides. */
  budget?: Budget | undefined;
  /** Ends the work when it says so; the model is asked for its answer. */
  stopWhen?: StopCondition | undefined;
  /** Plan before the first step, and again after every so many steps: a whole number from 1. Default: no plans. */
  planningInterval?: number | undefined;
  /**
   * What the final answer has to be. Shown to the model; an answer that does not fit is not accepted. When the work has
   * to end, the answer that the model is asked for then may be a text all the same.
   */
  answerSchema?: JsonSchema | undefined;
  /** Hold the final answer against these, in order. */
  finalAnswerChecks?: readonly FinalAnswerCheck[] | undefined;
  /** Called after steps. */
  onStep?: StepCallbacks | undefined;
  /** Watch the agent's runs. */
  observers?: readonly AgentObserver[] | undefined;
  /** Sum up long conversations. Default: never. */
  compaction?: Compaction | undefined;
  /** Most images that one request shows: the latest ones. @default 10 */
  maxImages?: number | undefined;
  /** When the model finds its tools by search. */
  toolSearch?: ToolSearch | undefined;
  /** Parameters of every request to the model. */
  modelParameters?: Pick<ModelRequest, "maxTokens" | "temperature"> | undefined;
  /** As a managed agent: add to each report what was done. @default false */
  provideRunSummary?: boolean | undefined;
}
