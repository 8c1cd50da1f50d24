import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { redactor } from "../../shared/redact.ts";
import type { McpHttpServer, McpStdioServer } from "./mcp-server.ts";
import { secretsOf, sourceName } from "./source-name.ts";

const secret = "c0ffee-1234567890";

describe("the name of a server", () => {
  it.each<[McpStdioServer | McpHttpServer, string]>([
    [{ command: "npx", args: ["-y", "@acme/mcp@1"] }, "mcp:npx -y @acme/mcp@1"],
    [{ command: "/usr/bin/node", args: [join("/work", "app", "server.js")], cwd: "/work" }, "mcp:node app/server.js"],
    [{ command: "node", args: ["/elsewhere/server.js"], cwd: "/work" }, "mcp:node /elsewhere/server.js"],
    [{ url: "https://mcp.example.org/v1/mcp" }, "mcp:https://mcp.example.org/v1/mcp"],
  ])("of %j is %s", (server, name) => {
    expect(sourceName(server)).toBe(name);
  });

  it.each<[McpStdioServer | McpHttpServer, string]>([
    [{ command: "x", args: [`--api-key=${secret}`] }, "mcp:x --api-key=***"],
    [{ command: "x", args: ["--token", secret, "--port", "1"] }, "mcp:x --token *** --port 1"],
    [{ command: "x", args: [`API_KEY=${secret}`] }, "mcp:x API_KEY=***"],
    [{ command: "x", args: ["--header", `Authorization: Bearer ${secret}`] }, "mcp:x --header ***"],
    [{ command: "x", args: [`postgres://me:${secret}@db/x`] }, "mcp:x postgres://***@db/x"],
    [{ command: "x", args: [`hf_${secret}`] }, "mcp:x ***"],
    [{ url: `https://me:${secret}@mcp.example.org/mcp?key=${secret}#x` }, "mcp:https://mcp.example.org/mcp"],
    [{ url: `https://${secret}@mcp.example.org/mcp` }, "mcp:https://mcp.example.org/mcp"],
  ])("of %j hides its secret, and so do errors", (server, name) => {
    expect(sourceName(server)).toBe(name);
    const said = `it said hf_${secret} Bearer ${secret} ${name.includes(" ***") ? "" : secret}`;
    expect(redactor(secretsOf(server))(said)).not.toContain(secret);
  });
});
