// The public API of @smoltools/core. Adding a name here makes it public: named exports only.

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
export { SchemaValidator } from "./schema/validator.ts";
export { patternProblem } from "./schema/patterns/pattern-problem.ts";
export { typeText, type TypeTextOptions } from "./schema/type-text.ts";

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
export type { ToolOrigin } from "./tool/origin.ts";
export { toolNamePattern, toolNameProblem } from "./tool/names.ts";
export { callStyle, inputFromArguments } from "./tool/call-arguments.ts";
export { renderDeclarations } from "./tool/declarations.ts";

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

export { type TokenUsage, totalUsage } from "./messages/token-usage.ts";

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

export { ActionStep, type RecordedCall, type StepError } from "./memory/action-step.ts";
export { Memory } from "./memory/memory.ts";
export type { MemoryStep } from "./memory/step.ts";
export { SystemPromptStep } from "./memory/system-prompt-step.ts";
export { TaskStep } from "./memory/task-step.ts";

export { AgentError, type AgentErrorCode } from "./agents/agent-error.ts";
export type { AgentResult, AgentState } from "./agents/agent-result.ts";
export type { AdditionalArgs } from "./agents/additional-args.ts";
export type { AgentRunOptions } from "./agents/agent-run-options.ts";
export { CodeAgent, type CodeAgentOptions } from "./agents/code-agent.ts";
export type { AgentEvent } from "./agents/events.ts";
export type { CodeCheck, CodeChecker, CodeFinding, CodeScope } from "./agents/code/code-checker.ts";
export { parseCode } from "./agents/parse-code.ts";
