import { CodeAgent, type HostFetch, messageText } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { code, sandbox } from "./agent-fixture.ts";

const hello: HostFetch = async ({ url }) => ({ url, status: 200, statusText: "OK", headers: [], body: btoa("hello") });
const ask = code("const response = await fetch('https://example.org/');\nfinalAnswer(await response.text());");

describe("the code of an agent", () => {
  it("has a network where the agent is given one", async () => {
    const model = new ScriptedModel([ask]);
    await using agent = new CodeAgent({ model, sandbox, tools: [], fetch: hello });
    expect(await agent.run("Go.")).toBe("hello");
    const [system] = model.requests[0]?.messages ?? [];
    expect(system && messageText(system)).toContain("declare function fetch(url: string");
  });

  it("has none otherwise", async () => {
    const model = new ScriptedModel([ask, code("finalAnswer('offline')")]);
    await using agent = new CodeAgent({ model, sandbox, tools: [] });
    const { steps } = await agent.run("Go.", { returnFullResult: true });
    expect(steps[0]?.error?.message).toMatch(/no network/);
    const [system] = model.requests[0]?.messages ?? [];
    expect(system && messageText(system)).not.toContain("declare function fetch");
  });
});
