import { join } from "node:path";
import { OpenAIModel } from "@smoltools/adapters/models/openai";
import { defaultSandboxLimits } from "@smoltools/core";
import { ScriptedModel } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { CodeAgent, type CodeAgentOptions } from "../code-agent.ts";
import { autoSandbox } from "../sandboxes/auto-sandbox.ts";
import { ToolCallingAgent } from "../tool-calling-agent.ts";
import type { ToolCallingAgentOptions } from "@smoltools/core";
import { baseTools, codeInterpreter, userInput, visitWebpage, webSearch, wikipediaSearch } from "../tools.ts";
import type { AgentHook, AgentLoadOptions } from "./load/agent-load-options.ts";
import type { LeftOut } from "./left-out.ts";
import { temporaryFolder } from "./test-support/temporary-folder.ts";

const model = new ScriptedModel([]);
const check = (): boolean => true;
const other = (): boolean => true;

/** What is the same before and after, as a program sees it. */
type Options = Partial<CodeAgentOptions & ToolCallingAgentOptions>;

const shared: [name: string, options: Options, hooks?: Record<string, AgentHook>][] = [
  ["nothing", {}],
  ["name and description", { name: "helper", description: "Helps." }],
  ["instructions", { instructions: "Be brief.\n\n{{not a gap}} é 🦊" }],
  ["prompts", { prompts: { managedReport: "{{name}} says: {{answer}}", summary: "Sum up {{task}}." } }],
  ["a prompt that is a function", { prompts: { summary: () => "x" } }],
  ["maxSteps", { maxSteps: 7 }],
  ["budget", { budget: { maxTokens: 1000, maxDurationMs: 60_000, maxToolCalls: 3 } }],
  ["part of a budget", { budget: { maxToolCalls: 3 } }],
  ["stopWhen", { stopWhen: check }, { check }],
  ["planningInterval", { planningInterval: 2 }],
  ["answerSchema", { answerSchema: { type: "object", properties: { ["constructor"]: { type: "number" } } as never } }],
  ["an answerSchema that is a boolean", { answerSchema: true }],
  ["finalAnswerChecks", { finalAnswerChecks: [check, other, check] }, { check, other }],
  ["onStep", { onStep: { action: [check], planning: [other], any: [check] } }, { check, other }],
  ["compaction", { compaction: { maxTokens: 8000, keepSteps: 2 } }],
  ["maxImages", { maxImages: 0 }],
  ["toolSearch", { toolSearch: { maxTokens: 0 } }],
  ["modelParameters", { modelParameters: { maxTokens: 100, temperature: 0 } }],
  ["provideRunSummary", { provideRunSummary: true }],
  ["beforeToolCall", { beforeToolCall: () => undefined }],
  ["approve", { approve: check }, { check }],
  ["needsApproval by name", { tools: [userInput()], needsApproval: ["user_input"], approve: check }, { check }],
  ["needsApproval by a function", { needsApproval: other, approve: check }, { check, other }],
];

const ofCodeAgents: typeof shared = [
  ["sandbox", { sandbox: autoSandbox({ runtime: "node" }) }],
  ["a sandbox for Python", { sandbox: autoSandbox({ language: "python" }) }],
  ["fetch", { fetch: async () => Promise.reject(new Error("no")) }],
  ["limits", { limits: { timeoutMs: 1000, maxCalls: 10 } }],
  ["every limit", { limits: { ...defaultSandboxLimits } }],
  ["no type check", { typeCheck: false }],
  ["structured", { structured: true }],
  ["codeTags", { codeTags: { open: "```js", close: "```" } }],
];

const ofToolCallingAgents: typeof shared = [
  ["maxParallelCalls", { maxParallelCalls: 2 }],
  ["toolChoice", { toolChoice: "auto" }],
];

/** The functions of options, by the names that files give them. */
function hooksOf(options: Options): Record<string, AgentHook> {
  const entries: [string, unknown][] = [...Object.entries(options), ...Object.entries(options.prompts ?? {})];
  return Object.fromEntries(entries.flatMap(([place, value]) => (isHook(value) ? [[value.name || place, value]] : [])));
}

function isHook(value: unknown): value is AgentHook {
  return typeof value === "function";
}

async function reload<A extends CodeAgent | ToolCallingAgent>(
  agent: A,
  options: AgentLoadOptions = {},
): Promise<{ loaded: A; report: readonly LeftOut[] }> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "agent");
  const { report } = await agent.save(path);
  const given = { model, permissions: "declared" as const, ...options };
  const loaded =
    agent.kind === "code" ? await CodeAgent.fromFolder(path, given) : await ToolCallingAgent.fromFolder(path, given);
  return { loaded: loaded as A, report };
}

/** Options that every file has, whether they were given or not. */
const always = { model, tools: [], managedAgents: [] };

describe("a CodeAgent that was saved and loaded", () => {
  it.each([...shared, ...ofCodeAgents])("has the same %s", async (_name, options, hooks) => {
    const { tools: _tools, ...given } = options;
    const { loaded } = await reload(new CodeAgent({ model, ...options }), { hooks: hooks ?? hooksOf(options) });
    const { tools: _loaded, ...kept } = loaded.options;
    const { tools: _always, ...expected } = { ...always, ...given };
    expect(kept).toEqual(expected);
  });
});

describe("a ToolCallingAgent that was saved and loaded", () => {
  it.each([...shared, ...ofToolCallingAgents])("has the same %s", async (_name, options, hooks) => {
    const { tools: _tools, ...given } = options;
    const { loaded } = await reload(new ToolCallingAgent({ model, ...options }), { hooks: hooks ?? hooksOf(options) });
    const { tools: _loaded, ...kept } = loaded.options;
    const { tools: _always, ...expected } = { ...always, ...given };
    expect(kept).toEqual(expected);
  });
});

describe("what is loaded", () => {
  it("has callbacks of action steps where there was one alone", async () => {
    const { loaded } = await reload(new CodeAgent({ model, onStep: check }), { hooks: { check } });
    expect(loaded.options.onStep).toEqual({ action: [check] });
  });

  it("has the sandbox that is chosen for it, where it was left to be chosen", async () => {
    const agent = new CodeAgent({ model, sandbox: "auto" });
    const { loaded } = await reload(agent);
    expect([agent.options.sandbox, loaded.options.sandbox]).toEqual([undefined, undefined]);
  });

  it("has the tools of smoltools with their settings", async () => {
    const sandbox = autoSandbox();
    const tools = [
      webSearch({ engine: "bing", maxResults: 3, requestsPerSecond: 2 }),
      visitWebpage({ maxOutputLength: 500, timeoutMs: 9000, userAgent: "me/1.0" }),
      wikipediaSearch({ language: "de", content: "summary" }),
      userInput(),
      codeInterpreter({ sandbox, limits: { timeoutMs: 500 } }),
    ];
    const { loaded } = await reload(new ToolCallingAgent({ model, tools }));
    const again = await reload(loaded);
    const names = tools.map(({ name }) => name);
    expect([loaded, again.loaded].map((agent) => agent.tools.map(({ name }) => name))).toEqual([names, names]);
    expect(await definitions(again.loaded)).toEqual(await definitions(new ToolCallingAgent({ model, tools })));
  });

  it("has the agents that it manages, in order, with all of theirs", async () => {
    const deep = new ToolCallingAgent({ model, name: "deep", description: "Dives.", tools: baseTools(), maxSteps: 2 });
    const one = new CodeAgent({ model, name: "one", description: "First.", managedAgents: [deep], stopWhen: check });
    const two = new CodeAgent({ model, name: "two", description: "Second.", stopWhen: other });
    const { loaded } = await reload(new CodeAgent({ model, managedAgents: [one, two] }), { hooks: { check, other } });
    const [first, second] = loaded.managedAgents.map(({ agent }) => agent as CodeAgent);
    expect([first?.options.stopWhen, second?.options.stopWhen]).toEqual([check, other]);
    expect(first?.managedAgents[0]?.agent.tools.map(({ name }) => name)).toEqual(["web_search", "visit_webpage"]);
    expect([first?.kind, first?.managedAgents[0]?.agent.kind]).toEqual(["code", "tool-calling"]);
  });

  it("has its own model for summing up", async () => {
    const small = new OpenAIModel({ model: "small", parameters: { temperature: 0 } });
    const { loaded } = await reload(new CodeAgent({ model, compaction: { maxTokens: 9000, model: small } }), {
      model: ({ provider }) => (provider === "scripted" ? model : undefined),
      env: {},
    });
    expect(loaded.options.compaction?.model).toMatchObject({ id: "small", provider: "openai" });
  });

  it("keeps functions of one name apart", async () => {
    const [a, b] = [() => true, () => false].map((act) => ({ act }).act) as [() => boolean, () => boolean];
    const named = (act: () => boolean) => Object.defineProperty(() => act(), "name", { value: "check" });
    const [first, second] = [named(a), named(b)];
    const { loaded } = await reload(new CodeAgent({ model, finalAnswerChecks: [first, second] }), {
      hooks: { check: first, check_2: second },
    });
    expect(loaded.options.finalAnswerChecks).toEqual([first, second]);
  });

  it("asks for functions that were not given, and names all of them", async () => {
    const agent = new CodeAgent({ model, stopWhen: check, approve: other });
    await expect(reload(agent, { hooks: { check } })).rejects.toMatchObject({
      code: "AGENT_HOOK_MISSING",
      data: { missing: ["other"] },
    });
    await expect(reload(agent, { hooks: { toString: check } as never })).rejects.toMatchObject({
      data: { missing: ["check", "other"] },
    });
  });

  it("can have options of the caller's in place of the file's (case 86)", async () => {
    const { loaded } = await reload(new CodeAgent({ model, maxSteps: 9 }), { overrides: { maxSteps: 3 } });
    expect(loaded.options.maxSteps).toBe(3);
  });

  it("has numbers that are as good as without end", async () => {
    const { loaded } = await reload(
      new CodeAgent({ model, budget: { maxTokens: Infinity }, toolSearch: { maxTokens: Infinity } }),
    );
    const { budget, toolSearch } = loaded.options;
    expect([budget?.maxTokens, toolSearch?.maxTokens]).toEqual([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  });

  it("forks, and ends what was made for it", async () => {
    const { loaded } = await reload(new CodeAgent({ model, name: "helper", description: "Helps." }));
    expect(loaded.fork().options).toEqual(loaded.options);
    await loaded.dispose();
    await loaded.dispose();
  });
});

describe("what a file does not have", () => {
  it("is reported when the agent is saved", async () => {
    const observers = [{}];
    const { report } = await reload(
      new CodeAgent({
        model,
        observers,
        sandbox: autoSandbox({ language: "python" }),
        tools: [webSearch({ apiKey: "k" })],
      }),
    );
    expect(report.map(({ field }) => field).sort()).toEqual([
      "model",
      "observers",
      "sandbox",
      "tools.web_search.apiKey",
    ]);
  });

  it("is a key of a model", async () => {
    const openai = new OpenAIModel({ model: "m", apiKey: "sk-0123456789", headers: { "x-team": "a" } });
    const { report, loaded } = await reload(new CodeAgent({ model: openai }), { model: undefined, env: {} } as never);
    expect(report.map(({ field }) => field)).toEqual(["model.apiKey", "model.headers"]);
    expect(loaded.model).toMatchObject({ id: "m", provider: "openai" });
  });
});

async function definitions(agent: ToolCallingAgent): Promise<unknown> {
  const { packageAgent } = await import("./save/save-agent.ts");
  return (await packageAgent(agent)).packed.manifest.agent;
}
