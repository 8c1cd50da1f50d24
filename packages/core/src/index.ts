// The public API of @smoltools/core. Adding a name here makes it public: named exports only.
// Its types name `AsyncDisposable`, which the library of ES2022 lacks:
/// <reference lib="esnext.disposable" preserve="true" />

export { isSmoltoolsError, SmoltoolsError, type SmoltoolsErrorOptions } from "./errors/smoltools-error.ts";
export { errorMessage } from "./errors/error-message.ts";

export { canonicalJson, jsonEqual } from "./schema/canonical-json.ts";
export type {
  JsonObject,
  JsonSchema,
  JsonSchemaObject,
  JsonSchemaTypeName,
  JsonValue,
  ObjectSchema,
} from "./schema/json-schema.ts";
export { isStandardSchema, type StandardSchema } from "./schema/standard-schema.ts";
export { type SchemaFinding, findingsText } from "./schema/schema-finding.ts";
export { SchemaValidator } from "./schema/validation/schema-validator.ts";
export { PatternMatcher } from "./schema/patterns/pattern-matcher.ts";
export { patternProblem } from "./schema/patterns/pattern-problem.ts";
export { typeText, type TypeTextOptions } from "./schema/typescript/type-text.ts";

export {
  checkDeclaration,
  isTool,
  isToolBase,
  Tool,
  type ToolAnnotations,
  type ToolContext,
  type ToolDeclaration,
} from "./tool/tool.ts";
export { type AnySchema, tool, type ToolOptions } from "./tool/define-tool.ts";
export {
  ToolDeclarationError,
  ToolExecutionError,
  type ToolExecutionErrorCode,
  ToolInputError,
  ToolOutputError,
} from "./tool/tool-errors.ts";
export type { ToolOrigin } from "./tool/tool-origin.ts";
export { type ToolPins, type ToolSource, ToolSourceError, type ToolSourceErrorCode } from "./tool/tool-source.ts";
export { toolNamePattern, toolNameProblem } from "./tool/tool-name.ts";
export { callStyle, inputFromArguments } from "./tool/call-arguments.ts";
export { renderDeclarations } from "./tool/declarations/render-declarations.ts";
export { renderPythonDeclarations } from "./tool/declarations/render-python-declarations.ts";

export {
  type ContentPart,
  type ImagePart,
  type Message,
  messageText,
  type Role,
  type TextPart,
  textMessage,
  type ToolCallPart,
} from "./messages/message.ts";

export { estimateMessageTokens, estimateTokens } from "./messages/estimate-tokens.ts";
export { type TokenUsage, totalUsage } from "./messages/token-usage.ts";
export type { ModelUsage, UsageByModel } from "./messages/model-usages.ts";

export type {
  FinishReason,
  Model,
  ModelCallOptions,
  ModelDelta,
  ModelRequest,
  ModelSupport,
  ModelTool,
  ToolChoice,
} from "./model/model.ts";
export { ModelError, type ModelErrorCode } from "./model/model-error.ts";
export { collectReply, type ModelReply, ReplyCollector } from "./model/collect.ts";

export type {
  CodeLanguage,
  HostCall,
  HostFetch,
  HostFetchRequest,
  HostFetchResponse,
  HostFunction,
  RunError,
  RunErrorCode,
  RunResult,
  Sandbox,
  SandboxOptions,
  SandboxProvider,
  SandboxRunOptions,
} from "./sandbox/sandbox.ts";
export { defaultSandboxLimits, type SandboxLimits } from "./sandbox/limits.ts";
export { SandboxError, type SandboxErrorCode } from "./sandbox/sandbox-error.ts";

export { type MediaKind, type MediaOptions, MediaRef, type MediaUrlOptions, isMediaRef } from "./media/media-ref.ts";
export { MediaError, type MediaErrorCode } from "./media/media-error.ts";
export { mediaSchema } from "./media/media-schema.ts";

export { ActionStep, type ToolAnswer } from "./memory/action-step.ts";
export type { MemoryJson } from "./memory/json/memory-json.ts";
export { Memory, type MemoryMessageOptions } from "./memory/memory.ts";
export { MemoryError, type MemoryErrorCode } from "./memory/memory-error.ts";
export { PlanningStep } from "./memory/planning-step.ts";
export type { ManagedRun, RecordedCall } from "./memory/recorded-call.ts";
export type { MemoryStep, MemoryStepKind, MessageOptions, StepError } from "./memory/step.ts";
export { SummaryStep } from "./memory/summary-step.ts";
export { SystemPromptStep } from "./memory/system-prompt-step.ts";
export { TaskStep } from "./memory/task-step.ts";

export { Agent } from "./agents/agent.ts";
export { AgentError, type AgentErrorCode } from "./agents/agent-error.ts";
export type { AgentOptions } from "./agents/options/agent-options.ts";
export type { AgentResult, AgentState } from "./agents/agent-result.ts";
export type { AgentRunOptions } from "./agents/options/agent-run-options.ts";
export { AgentTool } from "./agents/agent-tool.ts";
export type { ToolSearch } from "./agents/calls/tool-search.ts";
export type {
  ApprovalAnswer,
  Approve,
  BeforeToolCall,
  CallDecision,
  PendingCall,
  ToolGate,
} from "./agents/calls/tool-gate.ts";
export type { AdditionalArgs } from "./agents/code/additional-args.ts";
export type { CodeCheck, CodeChecker, CodeFinding, CodeScope } from "./agents/code/code-checker.ts";
export type { CodeTags } from "./agents/code/parse-code.ts";
export { CodeAgent, type CodeAgentOptions } from "./agents/code-agent.ts";
export type { AgentEvent, ModelPurpose } from "./agents/events.ts";
export type { Budget } from "./agents/loop/budget.ts";
export type { Compaction } from "./agents/loop/compaction.ts";
export type { FinalAnswerCheck } from "./agents/loop/final-answer-checks.ts";
export type { CallbackSteps, FinalAnswerStep, StepCallback, StepCallbacks } from "./agents/loop/step-callbacks.ts";
export type { RunProgress, StopCondition } from "./agents/loop/stop-condition.ts";
export type { AgentObserver, ObservedCall, RunInfo } from "./agents/observer.ts";
export type { PromptTemplate, PromptValues } from "./agents/prompts/prompt-template.ts";
export type { PromptTemplates, PromptTemplateValues } from "./agents/prompts/prompts.ts";
export { agentTree } from "./agents/report/agent-tree.ts";
export { literalLine, literalText } from "./agents/report/literal-text.ts";
export type { PageOptions } from "./agents/report/log-page.ts";
export { replay, type ReplayOptions } from "./agents/report/replay.ts";
export { type ModelPrice, type RunCost, runCost } from "./agents/report/run-cost.ts";
export { runSummary } from "./agents/report/run-summary.ts";
export { type LogLevel, terminalLog, type TerminalLogOptions } from "./agents/report/terminal-log.ts";
export { memoryUsageByModel } from "./agents/report/memory-usage-by-model.ts";
export { ToolCallingAgent, type ToolCallingAgentOptions } from "./agents/tool-calling-agent.ts";
