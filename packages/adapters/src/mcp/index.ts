// The public API of @smoltools/adapters/mcp: named exports only.

export type {
  AnswerElicitation,
  AnswerSampling,
  McpElicitation,
  McpElicitationAnswer,
  McpSampling,
  McpSamplingAnswer,
} from "./connection/server-requests.ts";
export { defaultMcpLimits, type McpLimits, type McpOptions, type McpProgress } from "./from/mcp-options.ts";
export type { McpPrompt, McpPromptText } from "./from/mcp-prompts.ts";
export type { McpResource } from "./from/mcp-resources.ts";
export type {
  McpClient,
  McpClientServer,
  McpGreeting,
  McpHttpServer,
  McpServer,
  McpServerNaming,
  McpStdioServer,
} from "./from/mcp-server.ts";
export type { McpDeclaration } from "./from/mcp-declaration.ts";
export { McpTool } from "./from/mcp-tool.ts";
export { type McpRequestOptions, McpTools } from "./from/mcp-tools.ts";
export { toolsFromMcp } from "./from/tools-from-mcp.ts";
export { fileTokenStore } from "./oauth/file-token-store.ts";
export type { McpOAuth } from "./oauth/mcp-oauth.ts";
export { type McpCredentials, type McpTokenStore, memoryTokenStore } from "./oauth/token-store.ts";
export type { McpCallContext } from "./to/call-context.ts";
export type { McpHttpOptions, McpListenOptions } from "./to/http-options.ts";
export { type McpHttpEndpoint, type McpServerInfo, McpToolServer } from "./to/mcp-tool-server.ts";
export type { Servable } from "./to/served-tools.ts";
export { toMcpServer } from "./to/to-mcp-server.ts";
