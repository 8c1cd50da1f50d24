import { AdapterError } from "../../shared/adapter-error.ts";

/** How a server is served over HTTP. Times in milliseconds, sizes in bytes. */
export interface McpHttpOptions {
  /** Clients must send it as `Authorization: Bearer …`. Needed to listen at anything but this machine. */
  token?: string;
  /**
   * Names under which clients may address it, as in the header `Host`, beside those of this machine.
   *
   * @default none, or any where there is a token
   */
  allowedHosts?: readonly string[];
  /** Web pages that may use it, as in the header `Origin`: `"https://app.example.org"`. @default none */
  allowedOrigins?: readonly string[];
  /** Largest request. @default 16 MiB */
  maxBodyBytes?: number;
  /** Most clients at once. @default 100 */
  maxSessions?: number;
  /** How long a client may be silent before its session is over. @default 1_800_000 */
  sessionIdleMs?: number;
}

/** How a server listens. */
export interface McpListenOptions extends McpHttpOptions {
  /** @default 0, a free one */
  port?: number;
  /** Address to listen at. @default "127.0.0.1" */
  host?: string;
  /** @default "/mcp" */
  path?: string;
}

/** {@link McpHttpOptions} with the defaults. */
export interface HttpSettings {
  token: string | undefined;
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
  maxBodyBytes: number;
  maxSessions: number;
  sessionIdleMs: number;
}

/** @throws AdapterError `ADAPTER_OPTIONS_INVALID`. */
export function httpSettings(options: McpHttpOptions): HttpSettings {
  const settings: HttpSettings = {
    token: options.token,
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
    maxBodyBytes: options.maxBodyBytes ?? 16 * 1024 * 1024,
    maxSessions: options.maxSessions ?? 100,
    sessionIdleMs: options.sessionIdleMs ?? 1_800_000,
  };
  // A short token is guessed; an empty one is a variable that was not set.
  if (settings.token !== undefined && settings.token.length < 16) {
    throw new AdapterError("An MCP server's token must have at least 16 characters", {
      code: "ADAPTER_OPTIONS_INVALID",
    });
  }
  return settings;
}
