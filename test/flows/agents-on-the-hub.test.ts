import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ScriptedModel } from "@smoltools/core/testing";
import { openAgent, type PackedPackage } from "@smoltools/hub";
import { type AgentLoadOptions, CodeAgent, loadAgent, Tool, tool, ToolCallingAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countingFetch, packageOf, testHub, writeToken } from "./hub-fixture.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub[Symbol.asyncDispose]());

/** What loads from the hub of these tests. */
function options(more: AgentLoadOptions = {}): AgentLoadOptions {
  const { hubUrl = "", cacheDir = "" } = hub.coldOptions();
  return { hubUrl, cacheDir, retries: 0, env: {}, ...more };
}

const push = () => ({ hubUrl: hub.server.url, token: writeToken, cacheDir: join(hub.folder, "cache") });
const code = (text: string): string => `<code>\n${text}\n</code>`;
const scripted = (...answers: string[]): ScriptedModel => new ScriptedModel(answers.map(code), "big-model");

/** Writes a package to a folder, as `smoltools pack` does. */
async function folderOf(name: string, { files }: PackedPackage): Promise<string> {
  const folder = join(hub.folder, name);
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
  return folder;
}

/** A package of one tool of this name. */
function toolPackage(name: string, body: string, more: Parameters<typeof packageOf>[1] = {}): PackedPackage {
  return packageOf(body, {
    name: `acme/${name}`,
    code: `export const tools = { ${name}: async (input) => { ${body} } };\n`,
    tools: [{ name, description: "Acts.", inputSchema: { type: "object", properties: { n: { type: "number" } } } }],
    ...more,
  });
}

async function publishTool(name: string, body: string, more: Parameters<typeof packageOf>[1] = {}): Promise<void> {
  const { pushPackage } = await import("@smoltools/hub");
  await pushPackage(hub.client(), toolPackage(name, body, more));
}

describe("an agent that is pushed", () => {
  it("is loaded by its class with all that it had, and works", async () => {
    await publishTool("double", "return input.n * 2");
    const triple = await folderOf("triple", toolPackage("triple", "return input.n * 3"));
    await using double = await Tool.fromHub("acme/double@^1", options({}));
    const helper = new ToolCallingAgent({
      name: "helper",
      description: "Triples.",
      model: new ScriptedModel([], "small-model"),
      tools: [await Tool.fromHub(`file:${triple}`)],
      maxSteps: 2,
    });
    const agent = new CodeAgent({
      model: scripted(),
      tools: [double],
      managedAgents: [helper],
      instructions: "Count.",
    });
    const { pushed, report } = await agent.push("acme/counter", {
      ...push(),
      version: "1.0.0",
      description: "Counts.",
    });
    expect(pushed).toMatchObject({ repo: "acme/counter", tag: "v1.0.0" });
    expect(report.map(({ field }) => field)).toEqual(["model", "managedAgents.helper.model"]);

    const big = scripted(
      "const d = await double({ n: 4 });\nconst r = await helper('Triple 8.');\nfinalAnswer([d, r])",
    );
    const small = new ScriptedModel([
      { calls: [{ name: "triple", input: { n: 8 } }] },
      { calls: [{ name: "final_answer", input: { answer: "24" } }] },
    ]);
    await using loaded = await CodeAgent.fromHub("acme/counter@^1", {
      ...options(),
      model: ({ id }) => (id === "small-model" ? small : big),
    });
    expect(await loaded.run("Go.")).toEqual([8, 'Report of the agent "helper":\n24']);
    expect(loaded.systemPrompt).toContain("Count.");
    expect(loaded.loaded?.origin).toMatchObject({ kind: "hub", repo: "acme/counter", version: "1.0.0" });
    big.assertDone();
    small.assertDone();
  });

  it("is the same bytes each time", async () => {
    const agent = new CodeAgent({ model: scripted(), instructions: "Same." });
    const first = await agent.push("acme/same", { ...push(), version: "1.0.0" });
    const again = await agent.push("acme/same", { ...push(), version: "1.0.0" });
    expect(again.pushed).toMatchObject({ alreadyPublished: true, commit: first.pushed.commit });
  });

  it("needs a higher version for more that programs have to give", async () => {
    const agent = new CodeAgent({ model: scripted() });
    await agent.push("acme/graded", { ...push(), version: "1.0.0" });
    const hooked = new CodeAgent({ model: scripted(), stopWhen: () => false });
    await expect(hooked.push("acme/graded", { ...push(), version: "1.1.0" })).rejects.toMatchObject({
      code: "VERSION_TOO_LOW",
    });
    const worded = new CodeAgent({ model: scripted(), instructions: "More." });
    await worded.push("acme/graded", { ...push(), version: "1.0.1" });
  });

  it("can be republished by whoever loaded it", async () => {
    const triple = await folderOf("republished", toolPackage("triple", "return input.n * 3"));
    const agent = new CodeAgent({ model: scripted(), tools: [await Tool.fromHub(`file:${triple}`)] });
    await agent.push("acme/first", { ...push(), version: "1.0.0" });
    await using loaded = await CodeAgent.fromHub("acme/first", options({ model: scripted() }));
    await loaded.push("acme/second", { ...push(), version: "1.0.0" });
    await using again = await CodeAgent.fromHub(
      "acme/second",
      options({ model: scripted("finalAnswer(await triple({ n: 2 }))") }),
    );
    expect(await again.run("Go.")).toBe(6);
  });

  it("manages agents of the hub by a pin", async () => {
    const helper = new CodeAgent({ model: scripted(), name: "helper", description: "Helps." });
    await helper.push("acme/helper", { ...push(), version: "1.0.0" });
    await using pinned = await CodeAgent.fromHub("acme/helper@^1", options({ model: () => scripted() }));
    const made = new CodeAgent({ model: scripted(), managedAgents: [pinned] });
    const { packed } = await made.push("acme/manager", { ...push(), version: "1.0.0" });
    // With a model of the caller's the agent is another one: it becomes a part of the package.
    expect(packed.manifest.agent.managedAgents[0]).toMatchObject({ kind: "inline" });
  });

  it("finds the agents that it is pinned to, and their tools", async () => {
    await publishTool("quad", "return input.n * 4");
    await using quad = await Tool.fromHub("acme/quad", options({}));
    const { OpenAIModel } = await import("@smoltools/adapters/models/openai");
    const model = new OpenAIModel({ model: "gpt-4.1-mini" });
    const helper = new CodeAgent({ model, name: "helper", description: "Helps.", tools: [quad] });
    await helper.push("acme/quad-helper", { ...push(), version: "1.0.0" });
    await using pinned = await CodeAgent.fromHub("acme/quad-helper@^1", options());
    const { packed } = await new CodeAgent({ model, managedAgents: [pinned] }).push("acme/quad-manager", {
      ...push(),
      version: "1.0.0",
    });
    expect(packed.manifest.agent.managedAgents).toEqual([
      expect.objectContaining({ kind: "package", repo: "acme/quad-helper", version: "1.0.0" }),
    ]);
    const manager = scripted("finalAnswer(await helper('Go.'))");
    const worker = scripted("finalAnswer(await quad({ n: 5 }))");
    await using loaded = await CodeAgent.fromHub(
      "acme/quad-manager",
      options({ model: (_wanted, agent) => (agent === "helper" ? worker : manager) }),
    );
    expect(await loaded.run("Go.")).toContain("20");
  });
});

describe("an agent of a lock file", () => {
  it("stays what it was, and needs no hub when it is in the cache", async () => {
    await publishTool("five", "return 5");
    await using five = await Tool.fromHub("acme/five", options({}));
    const agent = new CodeAgent({ model: scripted(), tools: [five] });
    await agent.push("acme/locked", { ...push(), version: "1.0.0" });
    const lockFile = join(hub.folder, "agents.lock");
    const kept = options({ lockFile, model: scripted("finalAnswer(await five({}))") });
    {
      await using first = await CodeAgent.fromHub("acme/locked@^1", kept);
      expect(await first.run("Go.")).toBe(5);
    }
    expect(JSON.parse(await readFile(lockFile, "utf8"))).toMatchObject({
      packages: { "acme/locked@^1": { version: "1.0.0", integrity: expect.stringMatching(/^sha512-/) } },
    });
    await new CodeAgent({ model: scripted(), instructions: "New." }).push("acme/locked", {
      ...push(),
      version: "1.1.0",
    });
    const { urls, fetch } = countingFetch();
    await using second = await CodeAgent.fromHub("acme/locked@^1", {
      ...kept,
      fetch,
      frozen: true,
      model: scripted("finalAnswer(await five({}))"),
    });
    expect(await second.run("Go.")).toBe(5);
    expect(urls).toEqual([]);
  });

  it("is refused when its entry says otherwise", async () => {
    await new CodeAgent({ model: scripted() }).push("acme/edited", { ...push(), version: "1.0.0" });
    const lockFile = join(hub.folder, "edited.lock");
    await using _first = await CodeAgent.fromHub("acme/edited", options({ lockFile, model: scripted() }));
    const text = await readFile(lockFile, "utf8");
    await writeFile(lockFile, text.replace(/"integrity": "sha512-...../, '"integrity": "sha512-AAAAA'));
    const load = CodeAgent.fromHub("acme/edited", options({ lockFile, model: scripted() }));
    await expect(load).rejects.toMatchObject({ code: "LOCK_INTEGRITY" });
  });

  it("is not there where the lock file is frozen", async () => {
    await new CodeAgent({ model: scripted() }).push("acme/unlocked", { ...push(), version: "1.0.0" });
    const lockFile = join(hub.folder, "empty.lock");
    const load = CodeAgent.fromHub("acme/unlocked", options({ lockFile, frozen: true, model: scripted() }));
    await expect(load).rejects.toMatchObject({ code: "LOCK_ENTRY_MISSING" });
  });

  it("is not locked when it could not be loaded", async () => {
    await new CodeAgent({ model: scripted(), stopWhen: () => false }).push("acme/hooked", {
      ...push(),
      version: "1.0.0",
    });
    const lockFile = join(hub.folder, "hooked.lock");
    const load = CodeAgent.fromHub("acme/hooked", options({ lockFile, model: scripted() }));
    await expect(load).rejects.toMatchObject({ code: "AGENT_HOOK_MISSING" });
    await expect(readFile(lockFile)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("permissions of an agent", () => {
  it("are those of its tools, and have to be granted", async () => {
    const permissions = { net: ["api.example.com"], env: ["WEATHER_KEY"] };
    await publishTool("online", "return 1", { permissions });
    await using online = await Tool.fromHub("acme/online", { ...options({}), permissions: "declared" });
    await new CodeAgent({ model: scripted(), tools: [online] }).push("acme/online-agent", {
      ...push(),
      version: "1.0.0",
    });
    const load = (more: AgentLoadOptions) =>
      CodeAgent.fromHub("acme/online-agent", options({ model: scripted(), ...more }));
    await expect(load({})).rejects.toMatchObject({
      code: "PERMISSION_NOT_GRANTED",
      data: { missing: { net: ["api.example.com"], env: ["WEATHER_KEY"] } },
    });
    await using _named = await load({ permissions });
    await using _declared = await load({ permissions: "declared" });
    const asked: unknown[] = [];
    await using _asked = await load({ permissions: ({ missing }) => asked.push(missing) > 0 });
    expect(asked).toHaveLength(1);
  });

  it("are every host for an agent that reads any page", async () => {
    const { visitWebpage } = await import("smoltools");
    await new CodeAgent({ model: scripted(), tools: [visitWebpage()] }).push("acme/reader", {
      ...push(),
      version: "1.0.0",
    });
    const load = (permissions: AgentLoadOptions["permissions"]) =>
      CodeAgent.fromHub("acme/reader", options({ model: scripted(), ...(permissions && { permissions }) }));
    await expect(load(undefined)).rejects.toMatchObject({ data: { missing: { net: ["*"] } } });
    await expect(load({ net: ["example.com"] })).rejects.toMatchObject({ data: { missing: { net: ["*"] } } });
    await using _loaded = await load({ net: ["*"] });
  });
});

describe("an agent that cannot be loaded", () => {
  it("is one of the other class", async () => {
    await new CodeAgent({ model: scripted() }).push("acme/classy", { ...push(), version: "1.0.0" });
    const load = ToolCallingAgent.fromHub("acme/classy", options({ model: scripted() }));
    await expect(load).rejects.toMatchObject({
      code: "AGENT_CLASS_UNKNOWN",
      message: expect.stringContaining("CodeAgent.fromHub"),
    });
    await using either = await loadAgent("acme/classy", options({ model: scripted() }));
    expect(either).toBeInstanceOf(CodeAgent);
  });

  it("is a tool", async () => {
    await publishTool("no-agent".replace("-", "_"), "return 1");
    const load = CodeAgent.fromHub("acme/no_agent", options({ model: scripted() }));
    await expect(load).rejects.toMatchObject({ code: "AGENT_FILE_MISSING" });
    await expect(CodeAgent.fromHub("acme/no_agent#act", options({}))).rejects.toMatchObject({ code: "REF_INVALID" });
  });

  it("has a model that cannot be made of a file", async () => {
    await new CodeAgent({ model: scripted() }).push("acme/modelless", { ...push(), version: "1.0.0" });
    await expect(CodeAgent.fromHub("acme/modelless", options())).rejects.toMatchObject({
      code: "AGENT_MODEL_NEEDED",
      data: { provider: "scripted", id: "big-model" },
    });
  });
});

describe("an agent that cannot be saved", () => {
  const local = tool({ name: "look_up", description: "Looks up.", execute: () => 1 });

  it("has a tool that is a function of the program, which is named with what to do", async () => {
    const agent = new CodeAgent({ model: scripted(), tools: [local] });
    await expect(agent.save(join(hub.folder, "unsaved"))).rejects.toMatchObject({
      code: "AGENT_NOT_SAVABLE",
      data: { tool: "look_up" },
      message: expect.stringMatching(/"look_up".*smoltools push.*toolPackages/s),
    });
  });

  it("can be saved when the tool's package is named", async () => {
    const folder = await folderOf("look-up", toolPackage("look_up", "return 7"));
    const agent = new CodeAgent({ model: scripted(), tools: [local] });
    const target = join(hub.folder, "with-package");
    await agent.save(target, { toolPackages: { look_up: folder } });
    await using loaded = await CodeAgent.fromFolder(target, { model: scripted("finalAnswer(await look_up({}))") });
    expect(await loaded.run("Go.")).toBe(7);
  });

  it("has a tool whose package was changed after it was loaded", async () => {
    const folder = await folderOf("changing", toolPackage("changing", "return 1"));
    const agent = new CodeAgent({ model: scripted(), tools: [await Tool.fromHub(`file:${folder}`)] });
    await folderOf("changing", toolPackage("changing", "return 2"));
    await expect(agent.save(join(hub.folder, "changed"))).rejects.toMatchObject({ code: "AGENT_NOT_SAVABLE" });
  });

  it("has a tool of another hub", async () => {
    await using other = await testHub();
    await other.publish("elsewhere", "return 1");
    const { hubUrl = "", cacheDir = "" } = other.options();
    await using act = await Tool.fromHub("acme/elsewhere", { hubUrl, cacheDir });
    const agent = new CodeAgent({ model: scripted(), tools: [act] });
    const pushing = agent.push("acme/mixed", { ...push(), cacheDir, version: "1.0.0" });
    await expect(pushing).rejects.toMatchObject({ code: "AGENT_NOT_SAVABLE", data: { hub: hubUrl } });
  });
});

describe("a folder", () => {
  it("is replaced by an agent that is saved again, and nothing else of it is touched", async () => {
    const folder = join(hub.folder, "again");
    const packed = await folderOf("old-tool", toolPackage("old_tool", "return 1"));
    await new CodeAgent({ model: scripted(), tools: [await Tool.fromHub(`file:${packed}`)] }).save(folder);
    await writeFile(join(folder, "NOTES.md"), "mine");
    await new CodeAgent({ model: scripted(), instructions: "New." }).save(folder);
    await expect(readFile(join(folder, "tools", "old_tool", "tool.json"))).rejects.toMatchObject({ code: "ENOENT" });
    expect(await readFile(join(folder, "NOTES.md"), "utf8")).toBe("mine");
    await using loaded = await CodeAgent.fromFolder(folder, { model: scripted() });
    expect(loaded.options.instructions).toBe("New.");
  });

  it("that holds something else is left alone", async () => {
    const folder = join(hub.folder, "not-an-agent");
    await mkdir(folder);
    await writeFile(join(folder, "thesis.txt"), "mine");
    await expect(new CodeAgent({ model: scripted() }).save(folder)).rejects.toMatchObject({ code: "REPO_NOT_PACKAGE" });
  });

  it("may have any name", async () => {
    const folder = join(hub.folder, "agent#x");
    await new CodeAgent({ model: scripted() }).save(folder);
    await using loaded = await CodeAgent.fromFolder(folder, { model: scripted() });
    expect(loaded.loaded?.origin).toMatchObject({ kind: "folder", path: folder });
    await rm(folder, { recursive: true });
  });
});

it("an agent ends the sandboxes of its tools when it is disposed of", async () => {
  await publishTool("ending", "return 1");
  await using ending = await Tool.fromHub("acme/ending", options({}));
  await new CodeAgent({ model: scripted(), tools: [ending] }).push("acme/ending-agent", {
    ...push(),
    version: "1.0.0",
  });
  const loaded = await CodeAgent.fromHub("acme/ending-agent", options({ model: scripted() }));
  const [own] = loaded.tools;
  expect(await own?.call({})).toBe(1);
  await loaded.dispose();
  await expect(own?.call({})).rejects.toMatchObject({ code: "SANDBOX_DISPOSED" });
});

it("opening an agent runs nothing and makes no model", async () => {
  await new CodeAgent({ model: scripted() }).push("acme/opened", { ...push(), version: "1.0.0" });
  const opened = await openAgent("acme/opened", hub.coldOptions());
  expect(opened).toMatchObject({ form: "smoltools", manifest: { version: "1.0.0" } });
});
