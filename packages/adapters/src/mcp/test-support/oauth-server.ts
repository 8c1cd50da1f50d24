import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { InvalidGrantError, InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import type { OAuthServerProvider } from "@modelcontextprotocol/sdk/server/auth/provider.js";
import { getOAuthProtectedResourceMetadataUrl, mcpAuthRouter } from "@modelcontextprotocol/sdk/server/auth/router.js";
import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { OAuthClientInformationFull, OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import { isInitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import { serverV1 } from "./official-servers.ts";

// A program: an authorization server that says yes to everybody, and an MCP server that wants its tokens.
// What it does is changed, and what it did is told, at /test. Its address is the first line that it writes.

const state = { refusesUsers: false, refusesRefresh: false };
const clients = new Map<string, OAuthClientInformationFull>();
const codes = new Map<string, { challenge: string; clientId: string }>();
const access = new Set<string>();
const refresh = new Set<string>();
/** What tokens were given out for. */
const grants: string[] = [];
const sessions = new Map<string, StreamableHTTPServerTransport>();

const who = {
  name: "who",
  description: "Says who.",
  inputSchema: { type: "object", properties: {} },
  execute: () => "somebody",
};

function grant(kind: string): OAuthTokens {
  grants.push(kind);
  const tokens = { access_token: `access-${randomUUID()}`, refresh_token: `refresh-${randomUUID()}` };
  access.add(tokens.access_token);
  refresh.add(tokens.refresh_token);
  return { ...tokens, token_type: "Bearer", expires_in: 3600, scope: "tools" };
}

const provider: OAuthServerProvider = {
  clientsStore: {
    getClient: (id) => clients.get(id),
    registerClient: (client) => {
      const full = { ...client, client_id: randomUUID(), client_id_issued_at: 0 } as OAuthClientInformationFull;
      clients.set(full.client_id, full);
      return full;
    },
  },
  authorize: async (client, { codeChallenge, redirectUri, state: sent }, response) => {
    const back = new URL(redirectUri);
    if (sent !== undefined) back.searchParams.set("state", sent);
    if (state.refusesUsers) back.searchParams.set("error", "access_denied");
    else {
      const code = randomUUID();
      codes.set(code, { challenge: codeChallenge, clientId: client.client_id });
      back.searchParams.set("code", code);
    }
    response.redirect(back.href);
  },
  challengeForAuthorizationCode: async (_client, code) => {
    const known = codes.get(code);
    if (!known) throw new InvalidGrantError("unknown code");
    return known.challenge;
  },
  exchangeAuthorizationCode: async (client, code) => {
    if (codes.get(code)?.clientId !== client.client_id) throw new InvalidGrantError("another client's code");
    codes.delete(code);
    return grant("code");
  },
  exchangeRefreshToken: async (_client, token) => {
    if (state.refusesRefresh || !refresh.delete(token)) throw new InvalidGrantError("no such refresh token");
    return grant("refresh");
  },
  verifyAccessToken: async (token) => {
    if (!access.has(token)) throw new InvalidTokenError("expired");
    return { token, clientId: "any", scopes: ["tools"], expiresAt: Date.now() / 1000 + 3600 };
  },
};

const app = createMcpExpressApp();
const server = app.listen(0, "127.0.0.1") as Server;
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const resourceServerUrl = new URL(`http://127.0.0.1:${port}/mcp`);
const issuerUrl = new URL(resourceServerUrl.origin);
app.use(mcpAuthRouter({ provider, issuerUrl, resourceServerUrl, scopesSupported: ["tools"] }));
const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resourceServerUrl);
app.all(
  "/mcp",
  requireBearerAuth({ verifier: provider, resourceMetadataUrl }),
  (request: Parameters<typeof serve>[0], response: ServerResponse) => {
    void serve(request, response);
  },
);
app.all("/test", control);
process.stdout.write(`${resourceServerUrl.href}\n`);

async function serve(request: IncomingMessage & { body?: unknown }, response: ServerResponse): Promise<void> {
  let transport = sessions.get(String(request.headers["mcp-session-id"]));
  if (!transport && isInitializeRequest(request.body)) {
    const id = randomUUID();
    transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => id });
    sessions.set(id, transport);
    await serverV1([who]).connect(transport as never);
  }
  if (transport) await transport.handleRequest(request, response, request.body);
  else response.writeHead(404).end();
}

function control(request: IncomingMessage & { body?: unknown }, response: ServerResponse): void {
  const { expire, ...changes } = (request.body ?? {}) as { expire?: boolean };
  Object.assign(state, changes);
  // As if the time of all access tokens were over.
  if (expire) access.clear();
  response.setHeader("content-type", "application/json");
  const names = [...clients.values()].map(({ client_name: name }) => name);
  response.end(JSON.stringify({ grants: grants.splice(0), clients: names }));
  if (changes && "refusesUsers" in changes) clients.clear();
}
