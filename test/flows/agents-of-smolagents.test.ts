import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commit, createRepo } from "@huggingface/hub";
import { ScriptedModel } from "@smoltools/core/testing";
import { type AgentLoadOptions, CodeAgent, type LeftOut, loadAgent, saveAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { needsIsolation } from "../../packages/adapters/src/sandboxes/isolation/test-support/needs-isolation.ts";
import { countingFetch, testHub, writeToken } from "./hub-fixture.ts";

needsIsolation();

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/agents/${name}`, import.meta.url));
const python = (code: string): string => `<code>\n${code}\n</code>`;
const answering = (...answers: string[]): ScriptedModel => new ScriptedModel(answers.map(python));

/** A copy of an agent of the fixtures, with changes to its agent.json. */
async function changed(name: string, changes: Record<string, unknown>): Promise<AsyncDisposable & { path: string }> {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-agents-"));
  const path = join(folder, "agent");
  await cp(fixture(name), path, { recursive: true });
  const file = join(path, "agent.json");
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...changes }));
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function load(
  path: string,
  options: AgentLoadOptions = {},
): Promise<{ agent: Awaited<ReturnType<typeof loadAgent>>; report: readonly LeftOut[] }> {
  let report: readonly LeftOut[] = [];
  const agent = await loadAgent(path, { env: {}, onReport: (entries) => (report = entries), ...options });
  return { agent, report };
}

describe("an agent that smolagents 1.9 saved", () => {
  it("runs with its tool, in Python, and what it lost is reported", async () => {
    const model = answering("import math\nfinal_answer(count_words(text='to be or not') + math.floor(1.5))");
    const { agent, report } = await load(fixture("v1.9"), { model });
    await using loaded = agent;
    expect(await loaded.run("Count.")).toBe(5);
    expect(loaded).toBeInstanceOf(CodeAgent);
    expect(loaded.tools.map(({ name }) => name)).toEqual(["count_words"]);
    expect(loaded.options).toMatchObject({ maxSteps: 6, sandbox: { name: "python", language: "python" } });
    expect(Object.fromEntries(report.map(({ field, why }) => [field, why]))).toEqual({
      grammar: "there is nothing like it here",
      verbosity_level: "what is shown is the program's matter",
      "prompt_templates.planning.initial_facts": "no agent here has such a prompt",
      "prompt_templates.planning.update_facts_pre_messages": "no agent here has such a prompt",
      "prompt_templates.planning.update_facts_post_messages": "no agent here has such a prompt",
      "prompts.firstPlan": 'it uses "answer_facts", which has no value',
      requirements: "nothing is installed: pandas",
      "sandbox.imports": "importing os, subprocess, numpy.* was not allowed",
    });
  });

  it("shows its own prompt, with its tools", async () => {
    const { agent } = await load(fixture("v1.9"), { model: answering() });
    await using loaded = agent;
    expect(loaded.systemPrompt).toContain(
      "You are the old counter.\n* count_words: Counts the words of a text. It takes {",
    );
    expect(loaded.systemPrompt).toContain("* final_answer:");
    expect(loaded.systemPrompt).toMatch(/You may import \[.*"math".*\]\./);
    expect(loaded.systemPrompt).not.toContain("subprocess");
  });

  it("has a model of the provider that is closest to its own", async () => {
    const { agent, report } = await load(fixture("v1.9"));
    await using loaded = agent;
    expect(loaded.model).toMatchObject({ id: "org/old-model", provider: "inference-client" });
    expect(report.map(({ field }) => field)).toContain("model.data.last_input_token_count");
  });

  it("is saved as an agent of smoltools with its tool, and works as that", async () => {
    await using folder = await changed("v1.9", {});
    const { agent } = await load(fixture("v1.9"), { model: answering() });
    await using loaded = agent;
    const path = `${folder.path}-saved`;
    await saveAgent(loaded, path);
    const model = answering("final_answer(count_words(text='a b c'))");
    const saved = await load(path, { model, permissions: "declared" });
    await using again = saved.agent;
    expect(await again.run("Count.")).toBe(3);
    expect(await readFile(join(path, "tools/count_words/tool.py"), "utf8")).toContain("class");
  });

  it("may import more where the caller allows it", async () => {
    const python = { imports: ["math", "os"] };
    const { agent, report } = await load(fixture("v1.9"), {
      model: answering("import os\nfinal_answer(os.sep)"),
      python,
    });
    await using loaded = agent;
    expect(await loaded.run("Go.")).toBe("/");
    expect(report.find(({ field }) => field === "sandbox.imports")?.why).toContain("subprocess, numpy.*");
  });
});

describe("an agent that smolagents 1.20 saved", () => {
  const granted = { permissions: { net: ["*"] } };

  it("runs with its managed agent and a tool of smoltools in place of its own", async () => {
    // Its file wants a plan first.
    const boss = new ScriptedModel([
      "Ask the shouter.",
      python("report = shouter(task='Say: hello.')\nfinal_answer(report)"),
    ]);
    const worker = new ScriptedModel([
      { calls: [{ name: "shout", input: { text: "hello." } }] },
      { calls: [{ name: "final_answer", input: { answer: "HELLO!" } }] },
    ]);
    const { agent, report } = await load(fixture("v1.20"), {
      ...granted,
      model: (_wanted, name) => (name === "shouter" ? worker : boss),
    });
    await using loaded = agent;
    expect(await loaded.run("Go.")).toBe('Report of the agent "shouter":\nHELLO!');
    expect(loaded.tools.map(({ name }) => name)).toEqual(["visit_webpage"]);
    expect(report).toContainEqual({
      field: "tools.visit_webpage",
      why: "a tool that comes with smolagents is not run",
      instead: "visit_webpage of smoltools",
    });
    worker.assertDone();
  });

  it("has limits and steps of ours where its own are over them, and none of its executor's settings", async () => {
    const { agent, report } = await load(fixture("v1.20"), { ...granted, model: answering() });
    await using loaded = agent;
    expect(loaded.options).toMatchObject({ maxSteps: 1000, planningInterval: 3, limits: { maxOutputBytes: 65_536 } });
    expect(report.map(({ field }) => field)).toEqual(
      expect.arrayContaining([
        "max_steps",
        "limits.maxOutputBytes",
        "executor_type",
        "executor_kwargs",
        "sandbox.imports",
      ]),
    );
    expect(JSON.stringify(report)).not.toContain("planted-secret");
  });

  it("asks for what the tool of smoltools may do", async () => {
    await expect(load(fixture("v1.20"), { model: answering() })).rejects.toMatchObject({
      code: "PERMISSION_NOT_GRANTED",
      data: { missing: { net: ["*"] } },
    });
  });

  it("does not ask a host that only its file names (case 94)", async () => {
    await expect(load(fixture("v1.20"), granted)).rejects.toMatchObject({
      code: "AGENT_MODEL_FOREIGN",
      data: { host: "llm.example.org" },
    });
    const allowed = await load(fixture("v1.20"), { ...granted, allowHosts: ["llm.example.org"] });
    await using loaded = allowed.agent;
    expect(loaded.model).toMatchObject({ baseUrl: "https://llm.example.org/v1", id: "gpt-4.1-mini" });
    expect(allowed.report.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["model.data.organization", "model.data.api_key"]),
    );
  });

  it("is saved as an agent of smoltools with the agents that it manages and their tools", async () => {
    const { agent } = await load(fixture("v1.20"), { ...granted, model: answering() });
    await using loaded = agent;
    await using target = await changed("v1.9", {});
    const { packed } = await loaded.save(join(target.path, "new"));
    const [shouter] = packed.manifest.agent.managedAgents;
    expect(shouter).toMatchObject({ kind: "inline", agent: { tools: [{ kind: "bundled", tool: "shout" }] } });
  });
});

describe("an agent of smolagents that cannot be loaded", () => {
  it.each<[title: string, changes: Record<string, unknown>, code: string, words: RegExp]>([
    [
      "has a class that there is not (case 88)",
      { class: "MyAgent" },
      "AGENT_CLASS_UNKNOWN",
      /CodeAgent and ToolCallingAgent/,
    ],
    [
      "has a model that there is not (case 88)",
      { model: { class: "MyModel", data: {} } },
      "AGENT_MODEL_NEEDED",
      /InferenceClientModel, .*LiteLLMModel/,
    ],
    [
      "has a model that every object has",
      { model: { class: "constructor", data: {} } },
      "AGENT_MODEL_NEEDED",
      /"constructor"/,
    ],
    [
      "has a model that runs in Python",
      { model: { class: "TransformersModel", data: { model_id: "a/b", trust_remote_code: true } } },
      "AGENT_MODEL_NEEDED",
      /a\/b.*PyTorch/,
    ],
    ["lacks a file", { tools: ["count_words", "gone"] }, "AGENT_FILE_INVALID", /tools\/gone\.py is missing/],
    ["has tools that are no names", { tools: [{ name: "x", code: "y" }] }, "AGENT_FILE_INVALID", /tools name/],
    ["has no list of tools", { tools: "count_words" }, "AGENT_FILE_INVALID", /no list of names/],
  ])("%s", async (_title, changes, code, words) => {
    await using folder = await changed("v1.9", changes);
    await expect(load(folder.path)).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
  });

  it("with a model of the caller's, any class of model will do", async () => {
    await using folder = await changed("v1.9", { model: { class: "MyModel", data: {} } });
    const { agent } = await load(folder.path, { model: answering() });
    await using loaded = agent;
    expect(loaded.model).toBeInstanceOf(ScriptedModel);
  });

  it("has a tool that needs what is not there, which is named, and another one can be given for it", async () => {
    await using folder = await changed("v1.9", {});
    await writeFile(join(folder.path, "tools", "count_words.py"), "import no_such_module\n");
    await expect(load(folder.path, { model: answering() })).rejects.toMatchObject({
      code: "TOOL_FILE_INVALID",
      message: expect.stringMatching(/count_words.*no_such_module/s),
    });
    const { tool } = await import("smoltools");
    const given = tool({ name: "count_words", description: "Counts.", execute: () => 3 });
    const { agent } = await load(folder.path, {
      model: answering("final_answer(count_words())"),
      tools: { count_words: given },
    });
    await using loaded = agent;
    expect(await loaded.run("Go.")).toBe(3);
  });
});

describe("an agent of smolagents on a hub", () => {
  let hub: Awaited<ReturnType<typeof testHub>>;
  beforeAll(async () => {
    hub = await testHub();
    const files = ["agent.json", "tools/count_words.py", "tools/final_answer.py"];
    const repo = { type: "space" as const, name: "acme/old" };
    await createRepo({ repo, hubUrl: hub.server.url, accessToken: writeToken });
    const operations = await Promise.all(
      files.map(async (path) => ({
        operation: "addOrUpdate" as const,
        path,
        content: new Blob([await readFile(join(fixture("v1.9"), path))]),
      })),
    );
    await commit({ repo, title: "x", operations, hubUrl: hub.server.url, accessToken: writeToken });
  });
  afterAll(() => hub[Symbol.asyncDispose]());

  const options = (more: AgentLoadOptions = {}): AgentLoadOptions => {
    const { hubUrl = "", cacheDir = "" } = hub.coldOptions();
    return {
      hubUrl,
      cacheDir,
      retries: 0,
      env: {},
      model: answering("final_answer(count_words(text='a b'))"),
      ...more,
    };
  };

  it("is loaded from the branch that is named, and from nothing else", async () => {
    await using loaded = await CodeAgent.fromHub("acme/old@main", options());
    expect(await loaded.run("Go.")).toBe(2);
    await expect(CodeAgent.fromHub("acme/old", options())).rejects.toMatchObject({ code: "VERSION_NONE" });
  });

  it("is pinned by a lock file, and then needs no hub", async () => {
    const lockFile = join(hub.folder, "old.lock");
    const kept = options({ lockFile });
    {
      await using _first = await CodeAgent.fromHub("acme/old@main", kept);
    }
    const { urls, fetch } = countingFetch();
    await using second = await CodeAgent.fromHub("acme/old@main", { ...kept, fetch, frozen: true });
    expect(second.loaded?.origin).toMatchObject({ kind: "hub", repo: "acme/old" });
    expect(urls).toEqual([]);
  });

  it("is asked for again when the cache holds something else", async () => {
    const lockFile = join(hub.folder, "damaged.lock");
    const kept = options({ lockFile });
    await using first = await CodeAgent.fromHub("acme/old@main", kept);
    const { origin } = first.loaded ?? {};
    const at = origin?.kind === "hub" ? origin.commit : "";
    const { PackageCache } = await import("@smoltools/hub");
    const cache = new PackageCache(kept.cacheDir, hub.server.url);
    const file = cache.snapshotPath({ repoType: "space", repo: "acme/old", commit: at }, "tools/count_words.py");
    await writeFile(file, "import os\n");
    await using second = await CodeAgent.fromHub("acme/old@main", {
      ...kept,
      model: answering("final_answer(count_words(text='a b c'))"),
    });
    expect(await second.run("Go.")).toBe(3);
  });

  it("is refused when the hub gives other bytes than the commit has", async () => {
    await using liar = await lyingHub(hub.server.url);
    await expect(CodeAgent.fromHub("acme/old@main", options({ hubUrl: liar.url }))).rejects.toMatchObject({
      code: "INTEGRITY_MISMATCH",
      data: { path: "tools/count_words.py" },
    });
  });
});

/** Stands before a hub and changes one file. */
async function lyingHub(behind: string): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(`${behind}${request.url ?? ""}`, { redirect: "manual" });
      const isVictim = request.url?.endsWith("/tools/count_words.py") === true;
      const body = isVictim ? Buffer.from("import os\n") : Buffer.from(await answer.arrayBuffer());
      const type = answer.headers.get("content-type") ?? "text/plain";
      response.writeHead(answer.status, { "content-type": type }).end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
