/** What is kept of a sign-in at one server. All of it is secret. */
export interface McpCredentials {
  /** Where the browser comes back to: the registration is good for this address only. */
  redirectUrl?: string;
  /** The registration at the authorization server, as the SDK gave it. */
  client?: Record<string, unknown>;
  /** Access and refresh tokens, as the SDK gave them. */
  tokens?: Record<string, unknown>;
}

/** Keeps sign-ins from one start of a program to the next. */
export interface McpTokenStore {
  /** @param server - Address of the MCP server. */
  get(server: string): Promise<McpCredentials | undefined>;
  /** Replaces what is kept; `undefined` removes it. */
  set(server: string, credentials: McpCredentials | undefined): Promise<void>;
}

/** Keeps sign-ins as long as the program runs. */
export function memoryTokenStore(): McpTokenStore {
  const kept = new Map<string, McpCredentials>();
  return {
    async get(server) {
      return kept.get(server);
    },
    async set(server, credentials) {
      if (credentials === undefined) kept.delete(server);
      else kept.set(server, credentials);
    },
  };
}
