import process from "node:process";
import { fileURLToPath } from "node:url";
import { Client as ClientV2 } from "@modelcontextprotocol/client";
import { StdioClientTransport as StdioV2 } from "@modelcontextprotocol/client/stdio";
import { Client as ClientV1 } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as StdioV1 } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OnlyInstalled } from "./test-support/only-installed.ts";
import { type OAuthServer, runOAuthServer } from "./test-support/run-oauth-server.ts";
import { rawServer } from "./test-support/raw-server-at.ts";

const everything = fileURLToPath(import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js"));

let oauth: OAuthServer;
beforeAll(async () => {
  oauth = await runOAuthServer();
});
afterAll(() => oauth[Symbol.asyncDispose]());

/** What a program can do whatever the line: a process, progress, questions, an end, an address with a sign-in. */
const using = (url: string): string => `
  import { toolsFromMcp } from "./src/mcp/index.ts";
  const said: unknown[] = [];
  const options = {
    onProgress: ({ progress }) => said.push(progress),
    onElicitation: async ({ message }) => ({ action: "accept", content: { name: message } }),
    onSampling: async () => ({ model: "m", text: "4" }),
  };
  const start = async (server) => {
    const mcp = await toolsFromMcp(server, options);
    const tools = new Map((await mcp.tools()).map((tool) => [tool.name, tool]));
    return { call: (name, input = {}, context = {}) => tools.get(name).call(input, context), mcp };
  };
  {
    const { call, mcp } = await start(${JSON.stringify({ command: process.execPath, args: [everything, "stdio"] })});
    said.push(await call("echo", { message: "hi" }), (await mcp.prompts()).length > 0);
    await call("trigger_long_running_operation", { duration: 0.4, steps: 2 });
    said.push(await call("trigger_long_running_operation", { duration: 30 }, { signal: AbortSignal.timeout(50) }).catch(({ name }) => name));
    await mcp[Symbol.asyncDispose]();
  }
  for (const server of ${JSON.stringify([rawServer("asks", "elicitation"), rawServer("asks", "sampling")])}) {
    const { call, mcp } = await start(server);
    said.push(JSON.parse(await call("say")));
    await mcp[Symbol.asyncDispose]();
  }
  {
    const { call, mcp } = await start(${JSON.stringify(rawServer("dies"))});
    said.push(await call("say").catch(({ code }) => code));
    await mcp[Symbol.asyncDispose]();
  }
  {
    const onSignIn = async (page) => void (await (await fetch(page)).text());
    const { call, mcp } = await start({ url: ${JSON.stringify(url)}, oauth: { onSignIn } });
    said.push(await call("who"));
    await mcp[Symbol.asyncDispose]();
  }
  console.log(JSON.stringify(said.filter((each) => each !== 2)));
  `;

const serving = `
  import { tool } from "@smoltools/core";
  import { toMcpServer } from "./src/mcp/index.ts";
  const greet = tool({
    name: "greet",
    description: "Greets.",
    input: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
    execute: ({ name }, { context }) => {
      console.log("this is not a message");
      context.reportProgress({ progress: 1 });
      return "Hello " + name;
    },
  });
  await toMcpServer(greet, { name: "greeter", version: "1.0.0" }).serveStdio();
  `;

describe.each([["@modelcontextprotocol/client"], ["@modelcontextprotocol/sdk"]])("with %s alone", (line) => {
  it("servers are used", async () => {
    using installed = new OnlyInstalled([line]);
    expect(await installed.run(using(oauth.url))).toEqual([
      "Echo: hi",
      true,
      1,
      "TimeoutError",
      { action: "accept", content: { name: "Who are you?" } },
      { model: "m", role: "assistant", content: { type: "text", text: "4" }, stopReason: "endTurn" },
      "SOURCE_UNAVAILABLE",
      "somebody",
    ]);
  }, 90_000);
});

describe.each([["@modelcontextprotocol/server"], ["@modelcontextprotocol/sdk"]])("with %s alone", (line) => {
  it.each([
    ["1", ClientV1, StdioV1],
    ["2", ClientV2, StdioV2],
  ] as const)(
    "tools are served to a client of version %s, and the output is the protocol's alone",
    async (_v, Client, Stdio) => {
      using installed = new OnlyInstalled([line]);
      const args = ["--conditions=@smoltools/source", "--input-type=module-typescript", "-e", serving];
      const transport = new Stdio({ command: process.execPath, args, cwd: installed.folder, stderr: "ignore" });
      const client = new Client({ name: "test", version: "1" });
      const errors: Error[] = [];
      Object.assign(client, { onerror: (error: Error) => errors.push(error) });
      await client.connect(transport as never);
      const result = await client.callTool({ name: "greet", arguments: { name: "Ada" } });
      expect(result.content).toEqual([{ type: "text", text: "Hello Ada" }]);
      await client.close();
      expect(errors).toEqual([]);
    },
  );
});

describe("with neither", () => {
  it("errors name both packages with their ranges, and nothing was loaded before", async () => {
    using installed = new OnlyInstalled([]);
    const errors = await installed.run(`
      import { toMcpServer, toolsFromMcp } from "./src/mcp/index.ts";
      import { tool } from "@smoltools/core";
      const server = toMcpServer(tool({ name: "a", description: "A.", execute: () => 1 }), { name: "a", version: "1" });
      const errorOf = (work) => work.catch(({ code, message }) => ({ code, message }));
      const errors = [await errorOf(toolsFromMcp({ command: "x" })), await errorOf(server.listen())];
      console.log(JSON.stringify(errors));`);
    expect(errors).toEqual([
      {
        code: "ADAPTER_PEER_MISSING",
        message:
          "MCP servers need @modelcontextprotocol/client 2 (>=2.4) or @modelcontextprotocol/sdk 1 (>=1.30). " +
          "Install one: npm install @modelcontextprotocol/client",
      },
      {
        code: "ADAPTER_PEER_MISSING",
        message:
          "An MCP server needs @modelcontextprotocol/server 2 (>=2.4) or @modelcontextprotocol/sdk 1 (>=1.30). " +
          "Install one: npm install @modelcontextprotocol/server",
      },
    ]);
  });
});
