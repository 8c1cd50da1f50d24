import * as core from "@smoltools/core";
import * as umbrella from "smoltools";
import { describe, expect, it } from "vitest";

describe("smoltools", () => {
  it("exports what core exports, and its own additions", () => {
    const tools = ["baseTools", "codeInterpreter", "userInput", "visitWebpage", "webSearch", "wikipediaSearch"];
    const sandboxes = ["autoSandbox", "defaultSandbox", "hostFetch", "sandboxAbilities"];
    const agents = ["loadAgent", "packageAgent", "publishAgent", "saveAgent"];
    const packages = ["addPackages", "auditPackages", "installPackages", "listOutdated", "updatePackages"];
    const others = ["hubDefaults", "modelFromEnvironment", "ToolCollection"];
    const additions = [...others, ...agents, ...packages, ...sandboxes, ...tools];
    expect(Object.keys(umbrella).sort()).toEqual([...Object.keys(core), ...additions].sort());
  });

  it("has a Tool that every tool is an instance of, and tools that are core's", () => {
    const made = umbrella.tool({ name: "act", description: "Acts.", execute: () => 1 });
    expect([made instanceof umbrella.Tool, made instanceof core.Tool, core.isTool(made)]).toEqual([true, true, true]);
    expect({} instanceof umbrella.Tool).toBe(false);
  });

  it("does not take the token of another hub for one of the inference router", async () => {
    const token = { HF_TOKEN: "hf_local" };
    expect(await umbrella.modelFromEnvironment({ ...token, HF_ENDPOINT: "http://127.0.0.1:7860" })).toBeUndefined();
    expect(await umbrella.modelFromEnvironment(token)).toMatchObject({ from: "HF_TOKEN" });
  });

  it("says which model the environment names, and nothing of its key", async () => {
    expect(await umbrella.modelFromEnvironment({})).toBeUndefined();
    const named = await umbrella.modelFromEnvironment({ OPENAI_API_KEY: "sk-secret", SMOLTOOLS_MODEL: "some-model" });
    expect(named).toMatchObject({ from: "OPENAI_API_KEY", model: { id: "some-model", provider: "openai" } });
    expect(JSON.stringify(named)).not.toContain("sk-secret");
  });
});
