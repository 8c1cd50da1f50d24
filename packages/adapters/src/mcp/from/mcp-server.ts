import type { McpOAuth } from "../oauth/mcp-oauth.ts";

/** What every kind of server can be given besides where it is. */
export interface McpServerNaming {
  /**
   * Names the server in errors, in pins, and where the tools say where they come from. Give it one where what starts
   * the server changes from time to time.
   *
   * @default the command line or the address, without what looks like a secret
   */
  name?: string;
  /** Put before the names of its tools: `"github_"`. */
  prefix?: string;
  /** Names of its tools by the name that the server has for them. They are taken as they are, without the prefix. */
  rename?: Readonly<Record<string, string>>;
}

/** How a server is greeted. */
export interface McpGreeting {
  /**
   * What the server is asked first: `"initialize"`, as in the protocol up to 2025-11-25, or `"discover"`, as since that
   * of 2026-07-28, for which version 2 of the SDK is needed. Where a server does not know the one, the other is tried.
   *
   * @default "discover" for an address; "initialize" for a process, of which many end or say nothing when they are asked
   *   anything else first
   */
  greeting?: "initialize" | "discover";
}

/** A server that is started as a process and talked to over its standard input and output. */
export interface McpStdioServer extends McpServerNaming, McpGreeting {
  /** The program. It is looked for in `PATH`; no shell is involved. */
  command: string;
  args?: readonly string[];
  /**
   * Its environment. Of this process's environment the server sees nothing but `PATH`, `HOME`, `LOGNAME`, `SHELL`,
   * `TERM` and `USER` (on Windows what programs need there), as with every client that is built on the official SDK.
   */
  env?: Readonly<Record<string, string>>;
  /** Folder in which it runs. @default that of this process */
  cwd?: string;
}

/** A server at an address. */
export interface McpHttpServer extends McpServerNaming, McpGreeting {
  url: string | URL;
  /** Sent with every request to the server, and to nobody else. */
  headers?: Readonly<Record<string, string>>;
  /**
   * `"http"` is streamable HTTP, `"sse"` the transport that came before it.
   *
   * @default "http"
   */
  transport?: "http" | "sse";
  /** How to sign in. */
  oauth?: McpOAuth;
}

/**
 * A client of `@modelcontextprotocol/sdk` 1 or `@modelcontextprotocol/client` 2 that is connected already. It stays its
 * owner's: it is neither connected again nor closed.
 */
export interface McpClient {
  callTool(...args: never[]): Promise<unknown>;
  listTools(...args: never[]): Promise<unknown>;
  request(...args: never[]): Promise<unknown>;
}

/** A connected client, with names for its tools. */
export interface McpClientServer extends McpServerNaming {
  client: McpClient;
}

/** An MCP server: started, reached, or handed in as a connected client. */
export type McpServer = McpStdioServer | McpHttpServer | McpClientServer | McpClient;

/** Tells whether a value is a client of one of the SDKs. */
export function isMcpClient(value: unknown): value is McpClient {
  if (typeof value !== "object" || value === null) return false;
  return ["callTool", "listTools", "request"].every((name) => typeof Reflect.get(value, name) === "function");
}
