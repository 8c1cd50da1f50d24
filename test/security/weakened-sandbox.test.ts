import { defaultSandboxLimits } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { unsafeInProcess } from "@smoltools/adapters/sandboxes/unsafe-in-process";
import { type AgentLoadOptions, CodeAgent, loadAgent } from "smoltools";
import { describe, expect, it } from "vitest";
import { agentFolder, type Changes, forgedAgent } from "./agent-fixture.ts";

const model = new ScriptedModel([]);

async function load(options: Changes, given: AgentLoadOptions = {}): Promise<CodeAgent> {
  await using folder = await agentFolder({ "agent.json": forgedAgent({ options }) });
  return (await loadAgent(`file:${folder.path}`, { model, ...given })) as CodeAgent;
}

describe("an agent of a file", () => {
  it.each(["unsafe-in-process", "e2b", "modal", "blaxel", "constructor", "../quickjs"])(
    "does not get the sandbox %s by naming it",
    async (name) => {
      await expect(load({ sandbox: { name, language: "javascript" } })).rejects.toMatchObject({
        code: "AGENT_SANDBOX_REFUSED",
        data: { name },
      });
    },
  );

  it("gets no sandbox for another language", async () => {
    await expect(load({ sandbox: { name: "quickjs", language: "python" } })).rejects.toMatchObject({
      code: "AGENT_SANDBOX_REFUSED",
    });
  });

  it.each(["image", "binds", "network", "privileged"])("cannot say %s of its sandbox", async (option) => {
    const sandbox = { name: "docker", language: "javascript", [option]: "x" };
    await expect(load({ sandbox })).rejects.toMatchObject({ code: "AGENT_FILE_INVALID" });
  });

  it("has limits of its own only as far as they are below the usual ones", async () => {
    const limits = { timeoutMs: 100, memoryBytes: 1e12, maxCalls: 1e12 };
    await using agent = await load({ limits });
    const { timeoutMs, memoryBytes, maxCalls } = { ...defaultSandboxLimits, timeoutMs: 100 };
    expect(agent.options.limits).toEqual({ timeoutMs, memoryBytes, maxCalls });
    expect(agent.loaded?.report.map(({ field }) => field)).toEqual(["limits.memoryBytes", "limits.maxCalls"]);
  });

  it("has limits of its own as far as the caller lets it", async () => {
    await using agent = await load({ limits: { timeoutMs: 60_000 } }, { limits: { timeoutMs: 45_000, maxCalls: 5 } });
    expect(agent.options.limits).toEqual({ timeoutMs: 45_000, maxCalls: 5 });
  });

  it.each([["*"], [["os", "subprocess", "ctypes.*", "math"]]])(
    "imports of Python what is allowed, whatever it asks for: %j",
    async (imports) => {
      await using agent = await load({ sandbox: { name: "python", language: "python", imports } });
      expect(agent.loaded?.report.map(({ field }) => field)).toEqual(["sandbox.imports"]);
      await using folder = await agentFolder({});
      const { packed } = await agent.save(folder.path);
      const kept = packed.manifest.agent.options.sandbox?.imports ?? [];
      expect(kept).toContain("math");
      expect(kept).not.toContain("*");
      expect(kept).not.toContain("os");
    },
  );

  it("reaches the network only through a function that the caller gives", async () => {
    await expect(load({ fetch: { hook: "fetch" } })).rejects.toMatchObject({ code: "AGENT_HOOK_MISSING" });
  });

  it("does not go without the approval that it was saved with", async () => {
    const options = { needsApproval: ["final_answer"], approve: { hook: "approve" } };
    await expect(load(options)).rejects.toMatchObject({ code: "AGENT_HOOK_MISSING", data: { missing: ["approve"] } });
  });

  it("says what it does with the functions that it asks for, and has the caller's own gate in any case", async () => {
    const options = { approve: { hook: "log" }, needsApproval: { hook: "log" }, stopWhen: { hook: "stop" } };
    await expect(load(options)).rejects.toMatchObject({
      message: expect.stringContaining("log as needsApproval and approve, stop as stopWhen"),
    });
    const [log, approve] = [() => true, () => false];
    await using agent = await load(options, { hooks: { log, stop: log }, overrides: { approve, needsApproval: log } });
    expect(agent.options).toMatchObject({ approve, needsApproval: log });
  });
});

it("an agent that ran unprotected is saved with a sandbox", async () => {
  await using folder = await agentFolder({});
  const agent = new CodeAgent({ model, sandbox: unsafeInProcess() });
  const { packed, report } = await agent.save(folder.path);
  expect(packed.manifest.agent.options.sandbox).toEqual({ name: "quickjs", language: "javascript" });
  expect(report.map(({ field }) => field)).toContain("sandbox");
});
