import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isSmoltoolsError } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { agentLimits, type AgentManifest, packageLimits, readAgentManifest } from "@smoltools/hub";
import fc from "fast-check";
import { type AgentLoadOptions, loadAgent } from "smoltools";
import { describe, expect, it } from "vitest";
import { agentFolder, type Changes, forged, forgedAgent } from "./agent-fixture.ts";

const model = new ScriptedModel([]);

async function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: AgentLoadOptions = {},
): Promise<string> {
  await using folder = await agentFolder(files);
  const agent = await loadAgent(`file:${folder.path}`, { model, env: {}, ...options });
  await agent.dispose();
  return "loaded";
}

/** How reading fails, if it does. */
function codeOf(text: string): unknown {
  try {
    readAgentManifest(Buffer.from(text), "x");
    return "none";
  } catch (error) {
    return isSmoltoolsError(error) ? error.code : error;
  }
}

const hash = `sha512-${"A".repeat(86)}==`;
const none = { net: [], env: [], read: [], write: [], run: [] };
const pinned: Changes = {
  kind: "package",
  ref: "a/b",
  repoType: "space",
  repo: "a/b",
  commit: "0".repeat(40),
  integrity: hash,
  permissions: none,
};
const bundled: Changes = { kind: "bundled", path: "tools/x", tool: "x", integrity: hash, permissions: none };
const listed =
  (path: string) =>
  (manifest: AgentManifest): Changes => ({
    agent: { ...manifest.agent, tools: [{ ...bundled, path }] },
    files: { ...manifest.files, [`${path}/tool.json`]: { size: 1, sha256: "0".repeat(64) } },
  });

function nested(depth: number): Changes {
  const leaf = { class: "CodeAgent", model: { provider: "x", id: "y" }, tools: [], managedAgents: [], options: {} };
  let agent: Changes = leaf;
  for (let n = 1; n < depth; n++) agent = { ...leaf, managedAgents: [{ kind: "inline", agent }] };
  return agent;
}

const many = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item);

describe("an agent.json of a stranger", () => {
  it.each<[title: string, text: string, code: string]>([
    ["with a tool that leads out of the package", forged(listed("../../etc")), "PATH_UNSAFE"],
    ["with a tool at an absolute path", forged(listed("/etc")), "PATH_UNSAFE"],
    ["with a tool in a folder of git", forged(listed(".git/hooks")), "PATH_UNSAFE"],
    ["with a tool that is no file of it", forgedAgent({ tools: [bundled] }), "AGENT_FILE_INVALID"],
    [
      "with a tool that every object has",
      forged(({ agent }) => ({ agent: { ...agent, tools: [{ ...bundled, path: "constructor" }] } })),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a repo that leads elsewhere",
      forgedAgent({ tools: [{ ...pinned, tool: "x", repo: "a/../../b" }] }),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a commit that is a path",
      forgedAgent({ tools: [{ ...pinned, tool: "x", commit: "../../../../x" }] }),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a version that is a path",
      forgedAgent({ tools: [{ ...pinned, tool: "x", version: "../x" }] }),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a managed agent whose name is a path",
      forgedAgent({ managedAgents: [{ kind: "inline", agent: { ...nested(1), options: { name: "../x" } } }] }),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a tool that may do more than it asks for",
      forgedAgent({ tools: [{ ...pinned, tool: "x", permissions: { ...none, net: ["evil.example"] } }] }),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a tool of a kind that there is not",
      forgedAgent({ tools: [{ kind: "code", code: "process.exit()" }] }),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a tool of smoltools that there is not",
      forgedAgent({ tools: [{ kind: "built-in", name: "constructor", settings: {} }] }),
      "AGENT_TOOL_REFUSED",
    ],
    [
      "with a setting of a tool that there is not",
      forgedAgent({ tools: [{ kind: "built-in", name: "web_search", settings: { fetch: "x" } }] }),
      "AGENT_TOOL_REFUSED",
    ],
    ["with a class that there is not (case 88)", forgedAgent({ class: "Agent" }), "AGENT_CLASS_UNKNOWN"],
    ["with a class that every object has", forgedAgent({ class: "constructor" }), "AGENT_CLASS_UNKNOWN"],
    ["with an option that is not known", forgedAgent({ options: { approveAll: true } }), "AGENT_FILE_INVALID"],
    ["with a prompt that no agent has", forgedAgent({ options: { prompts: { toString: "x" } } }), "AGENT_FILE_INVALID"],
    ["with options of the other class", forgedAgent({ options: { maxParallelCalls: 2 } }), "AGENT_FILE_INVALID"],
    ["with more steps than anybody wants", forgedAgent({ options: { maxSteps: 1e9 } }), "AGENT_FILE_INVALID"],
    [
      "with instructions without end",
      forgedAgent({ options: { instructions: "x".repeat(agentLimits.maxTextLength + 1) } }),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a template without end",
      forgedAgent({ options: { prompts: { system: { jinja: "x".repeat(agentLimits.maxTextLength + 1) } } } }),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a schema that takes for ever",
      forgedAgent({ options: { answerSchema: { type: "string", pattern: "^(a+)+$" } } }),
      "AGENT_FILE_INVALID",
    ],
    ["with a hook that is no name", forgedAgent({ options: { stopWhen: { hook: "a.b" } } }), "AGENT_FILE_INVALID"],
    [
      "with a hook that every object has",
      forgedAgent({ options: { stopWhen: { hook: "toString" } } }),
      "AGENT_HOOK_MISSING",
    ],
    [
      "with agents above one another without end",
      forged(() => ({ agent: nested(agentLimits.maxDepth + 1) })),
      "AGENT_FILE_TOO_LARGE",
    ],
    [
      "with more agents than are made",
      forgedAgent({ managedAgents: many(agentLimits.maxAgents, { kind: "inline", agent: nested(1) }) }),
      "AGENT_FILE_TOO_LARGE",
    ],
    [
      "with more tools than are loaded",
      forgedAgent({
        tools: many(150, { ...pinned, tool: "x" }),
        managedAgents: [{ kind: "inline", agent: { ...nested(1), tools: many(150, { ...pinned, tool: "x" }) } }],
      }),
      "AGENT_FILE_TOO_LARGE",
    ],
    [
      "with a prototype",
      forged(() => ({})).replace('"options":{', '"options":{"__proto__":{"maxSteps":3},'),
      "AGENT_FILE_INVALID",
    ],
    [
      "with a member twice",
      forged(() => ({})).replace('"options":{', '"options":{},"options":{'),
      "AGENT_FILE_INVALID",
    ],
    ["of a later form", forged(() => ({ schemaVersion: 2 })), "AGENT_FILE_INVALID"],
    ["that is larger than is read", " ".repeat(packageLimits.maxManifestBytes + 1), "PACKAGE_TOO_LARGE"],
    ["that is no JSON", "{", "AGENT_FILE_INVALID"],
    ["that is another value", "[]", "AGENT_FILE_INVALID"],
    ["that was changed", forged(() => ({})).replace("Works.", "Robs."), "INTEGRITY_MISMATCH"],
  ])("%s is refused", async (_title, text, code) => {
    await expect(load({ "agent.json": text }, { permissions: "declared" })).rejects.toMatchObject({ code });
  });

  it("that is as it has to be is loaded", async () => {
    expect(await load({ "agent.json": forged(() => ({})) })).toBe("loaded");
  });

  it("is never read in another way than with an error of ours", () => {
    const good = forged(() => ({}));
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(5), fc.string({ maxLength: 8 }), (at, length, text) => {
        const damaged = good.slice(0, at) + text + good.slice(at + length);
        expect(codeOf(damaged)).toMatch(/^(?:none|AGENT_.*|INTEGRITY_.*|PATH_.*|PACKAGE_.*)$/);
      }),
    );
  });
});

describe("an agent of smolagents of a stranger", () => {
  const file = (changes: Changes): string =>
    JSON.stringify({ class: "CodeAgent", tools: [], managed_agents: {}, ...changes });

  it.each<[title: string, changes: Changes, code: string]>([
    ["with a tool whose name is a path", { tools: ["../../secret"] }, "AGENT_FILE_INVALID"],
    ["with a tool whose name is absolute", { tools: ["/etc/passwd"] }, "AGENT_FILE_INVALID"],
    ["with a tool whose name ends a path", { tools: ["x/../../../y\0"] }, "AGENT_FILE_INVALID"],
    ["with a managed agent whose name is a path", { managed_agents: { "../..": "CodeAgent" } }, "AGENT_FILE_INVALID"],
    [
      "with managed agents without end",
      { managed_agents: Object.fromEntries(many(300, 0).map((_, n) => [`a${n}`, "CodeAgent"])) },
      "AGENT_FILE_INVALID",
    ],
  ])("%s is refused", async (_title, changes, code) => {
    await expect(load({ "agent.json": file(changes) })).rejects.toMatchObject({ code });
  });

  it("that manages itself by a link is refused", async () => {
    await using folder = await agentFolder({
      "agent.json": file({ managed_agents: { me: "CodeAgent" } }),
      "managed_agents/x": "",
    });
    await symlink(folder.path, join(folder.path, "managed_agents", "me"));
    await expect(loadAgent(folder.path, { model })).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  });

  it("whose tool is a link to a file of this machine is refused", async () => {
    await using folder = await agentFolder({ "agent.json": file({ tools: ["leak"] }), "tools/x": "" });
    await writeFile(join(folder.path, "..", "secret.py"), "SECRET = 1");
    await symlink(join(folder.path, "..", "secret.py"), join(folder.path, "tools", "leak.py"));
    await expect(loadAgent(folder.path, { model })).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  });

  it.each([
    ["computes", "{{ 'a' * 1000000000 }}"],
    ["counts", "{% for i in range(1000000000) %}x{% endfor %}"],
    ["keeps", "{% set x = 'a' %}{{ x }}"],
    ["reaches for the language", "{{ tools.constructor.constructor('return process')() }}"],
    ["is nested without end", `${"{% if task %}".repeat(20_000)}${"{% endif %}".repeat(20_000)}`.slice(0, 99_000)],
  ])("has our prompt where its own %s", async (_what, template) => {
    await using folder = await agentFolder({ "agent.json": file({ prompt_templates: { system_prompt: template } }) });
    await using agent = await loadAgent(folder.path, { model });
    expect(agent.loaded?.report.map(({ field }) => field)).toContain("prompts.system");
    expect("systemPrompt" in agent && agent.systemPrompt).toContain("You solve a task");
  });

  it("with a prompt that multiplies its loops ends with an error, soon", async () => {
    const loops = ["a", "b", "c", "d", "e", "f", "g"];
    const open = loops.map((name) => `{% for ${name} in tools.values() %}`).join("");
    const template = `${open}{{ a.description }}${"{% endfor %}".repeat(loops.length)}`;
    await using folder = await agentFolder({ "agent.json": file({ prompt_templates: { system_prompt: template } }) });
    const { tool } = await import("smoltools");
    const tools = Object.fromEntries(
      many(20, 0).map((_, n) => [`t${n}`, tool({ name: `t${n}`, description: "T.", execute: () => n })]),
    );
    const names = Object.keys(tools);
    await writeFile(
      join(folder.path, "agent.json"),
      file({ tools: names, prompt_templates: { system_prompt: template } }),
    );
    await agentFilesOf(folder.path, names);
    await using agent = await loadAgent(folder.path, { model, tools });
    const begun = performance.now();
    expect(() => agent.systemPrompt).toThrow(expect.objectContaining({ code: "AGENT_FILE_INVALID" }));
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

async function agentFilesOf(folder: string, names: readonly string[]): Promise<void> {
  const { mkdir } = await import("node:fs/promises");
  await mkdir(join(folder, "tools"), { recursive: true });
  for (const name of names) await writeFile(join(folder, "tools", `${name}.py`), "");
}
