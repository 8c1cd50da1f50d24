import { isMediaRef } from "../../media/media-ref.ts";
import { isTool } from "../../tool/tool.ts";
import type { AgentOptions } from "./agent-options.ts";
import type { AgentRunOptions } from "./agent-run-options.ts";
import type { CodeAgentOptions } from "../code-agent.ts";
import { configError } from "../agent-error.ts";
import {
  mayBeAnything,
  must,
  mustBeAbove,
  mustBeCount,
  mustBeEither,
  mustBeFunction,
  mustBeListOf,
  mustBeNumber,
  mustBeObject,
  mustBeText,
  mustBeTrueOrFalse,
  mustHaveShape,
  type OptionCheck,
  type OptionShape,
} from "./option-shape.ts";
import type { ToolCallingAgentOptions } from "../tool-calling-agent.ts";
import type { Budget } from "../loop/budget.ts";
import type { Compaction } from "../loop/compaction.ts";
import type { ToolSearch } from "../calls/tool-search.ts";

const hasMethod = (name: string) => (value: unknown) =>
  typeof value === "object" && value !== null && typeof (value as Record<string, unknown>)[name] === "function";

const mustBeModel = must("a model, such as new InferenceClientModel({ … })", hasMethod("stream"));
const mustBeAgent = must("an agent", hasMethod("streamWithin"));
const mustBeSandbox = must("a sandbox provider, such as quickjs()", hasMethod("create"));
const mustBeChecker = must("a checker of code, such as typeCheck()", hasMethod("open"));

const mustBeTool: OptionCheck = (value, name) => {
  if (isTool(value)) return;
  const advice = hasMethod("streamWithin")(value)
    ? "give agents as `managedAgents`"
    : "make it with tool({ … }) or load it";
  throw configError(`${name} is not a tool: ${advice}`);
};

const mustBeObserver = must(
  "an observer, such as { onEvent: (event) => … }",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

const mustBeImage = must('an image: a MediaRef, or { type: "image", mediaType, data } or with url', (value) => {
  if (isMediaRef(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  const { type, mediaType, data, url } = value as Record<string, unknown>;
  return type === "image" && typeof mediaType === "string" && (typeof data === "string" || typeof url === "string");
});

const mustBeTag = must("a text that is not empty", (value) => typeof value === "string" && value !== "");

const budget: OptionShape<Budget> = {
  maxTokens: mustBeAbove(0),
  maxDurationMs: mustBeAbove(0),
  maxToolCalls: mustBeAbove(0),
};

const compaction: OptionShape<Compaction> = {
  maxTokens: mustBeAbove(499),
  keepSteps: mustBeCount(),
  model: mustBeModel,
};

const toolSearch: OptionShape<ToolSearch> = {
  maxTokens: must("a number, 0 or more", (value) => typeof value === "number" && value >= 0),
};

const callbacks = mustBeEither("a function, or a list of functions", mustBeFunction, mustBeListOf(mustBeFunction));

const agentShape: OptionShape<AgentOptions> = {
  model: mustBeModel,
  tools: mustBeListOf(mustBeTool),
  managedAgents: mustBeListOf(mustBeAgent),
  name: mustBeText,
  description: mustBeText,
  instructions: mustBeText,
  prompts: mustBeObject,
  maxSteps: mustBeCount(),
  budget: mustHaveShape(budget),
  stopWhen: mustBeFunction,
  planningInterval: mustBeCount(),
  answerSchema: mayBeAnything,
  finalAnswerChecks: mustBeListOf(mustBeFunction),
  onStep: (value, name) => {
    if (typeof value === "function" || Array.isArray(value)) callbacks(value, name);
    else {
      const each = { task: callbacks, planning: callbacks, action: callbacks, summary: callbacks };
      mustHaveShape({ ...each, "final-answer": callbacks, any: callbacks })(value, name);
    }
  },
  observers: mustBeListOf(mustBeObserver),
  compaction: mustHaveShape(compaction, ["maxTokens"]),
  maxImages: mustBeCount(0),
  toolSearch: mustHaveShape(toolSearch),
  modelParameters: mustHaveShape({ maxTokens: mustBeCount(), temperature: mustBeNumber }),
  provideRunSummary: mustBeTrueOrFalse,
  beforeToolCall: mustBeFunction,
  needsApproval: mustBeEither("a function, or a list of names", mustBeFunction, mustBeListOf(mustBeText)),
  approve: mustBeFunction,
};

/** What the options of a `CodeAgent` have to be. */
export const codeAgentShape: OptionShape<CodeAgentOptions> = {
  ...agentShape,
  sandbox: mustBeSandbox,
  fetch: mustBeFunction,
  limits: mustBeObject,
  typeCheck: mustBeChecker,
  structured: mustBeTrueOrFalse,
  codeTags: mustHaveShape({ open: mustBeTag, close: mustBeTag }, ["open", "close"]),
};

/** What the options of a `ToolCallingAgent` have to be. */
export const toolCallingAgentShape: OptionShape<ToolCallingAgentOptions> = {
  ...agentShape,
  maxParallelCalls: mustBeCount(),
  toolChoice: must('"auto" or "required"', (value) => value === "auto" || value === "required"),
};

/** What the options of a run have to be. */
export const runShape: OptionShape<AgentRunOptions & { returnFullResult?: boolean }> = {
  reset: mustBeTrueOrFalse,
  memory: must(
    "a Memory, or what its toJSON gave (parse a text first)",
    (value) => typeof value === "object" && value !== null,
  ),
  images: mustBeListOf(mustBeImage),
  additionalArgs: mustBeObject,
  maxSteps: mustBeCount(),
  signal: must("an AbortSignal", (value) => value instanceof AbortSignal),
  context: mayBeAnything,
  returnFullResult: mustBeTrueOrFalse,
};
