import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ScriptedModel } from "@smoltools/core/testing";
import { type AgentLoadOptions, CodeAgent, type LeftOut, loadAgent, ToolCallingAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const python = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
const isThere = existsSync(python);
const run = promisify(execFile);

/** Makes agents with smolagents itself, and saves them. */
const program = `
import sys
from smolagents import (CodeAgent, ToolCallingAgent, InferenceClientModel, OpenAIModel, Tool, tool,
                        WebSearchTool, VisitWebpageTool)

@tool
def count_words(text: str, least: int = 1) -> int:
    """Counts words.

    Args:
        text: the text
        least: length of the shortest word that counts
    """
    count = 0
    for word in text.split():
        if len(word) >= least:
            count = count + 1
    return count

class Shout(Tool):
    name = "shout"
    description = "Makes a text loud."
    inputs = {"text": {"type": "string", "description": "what"}}
    output_type = "string"
    def forward(self, text: str) -> str:
        import re
        return re.sub("[.]", "!", text).upper()

model = InferenceClientModel("org/model", provider="together", temperature=0.5, max_tokens=100, token="hf_planted")
shouter = ToolCallingAgent(tools=[Shout()], model=model, name="shouter", description="Makes texts loud.", max_steps=3)
counter = CodeAgent(tools=[count_words], model=OpenAIModel("gpt-4.1-mini", client=object()), name="counter",
                    description="Counts words.", additional_authorized_imports=["csv"])
boss = CodeAgent(tools=[count_words, VisitWebpageTool(), WebSearchTool()], model=model, managed_agents=[shouter, counter],
                 name="boss", max_steps=7, additional_authorized_imports=["json"], max_print_outputs_length=2000,
                 use_structured_outputs_internally=len(sys.argv) > 2)
boss.save(sys.argv[1])
`;

/** Saves with smolagents; the sources of tools have to be in a file. */
async function saveWithPython(folder: string, ...more: string[]): Promise<void> {
  const file = join(folder, "save.py");
  await writeFile(file, program);
  await run(python, [file, join(folder, "agent"), ...more], { timeout: 60_000 });
}

const code = (text: string): string => `<code>\n${text}\n</code>`;

describe.skipIf(!isThere)(`an agent that smolagents saved${isThere ? "" : " (there is no Python environment)"}`, () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "smoltools-interop-"));
    await saveWithPython(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function load(options: AgentLoadOptions = {}): Promise<{ agent: CodeAgent; report: readonly LeftOut[] }> {
    let report: readonly LeftOut[] = [];
    const agent = await CodeAgent.fromFolder(join(folder, "agent"), {
      env: {},
      permissions: { net: ["*", "html.duckduckgo.com"] },
      onReport: (entries) => (report = entries),
      ...options,
    });
    return { agent, report };
  }

  it("runs with its tools and its managed agents, in Python (case 86)", async () => {
    const boss = new ScriptedModel([
      code("words = count_words(text='to be or not to be', least=3)\nprint(words)"),
      code(
        "loud = shouter(task='Shout hello.')\ncounted = counter(task='Count.')\nfinal_answer([words, loud, counted])",
      ),
    ]);
    const shouter = new ScriptedModel([
      { calls: [{ name: "shout", input: { text: "Hello." } }] },
      { calls: [{ name: "final_answer", input: { answer: "HELLO!" } }] },
    ]);
    const counter = new ScriptedModel([code("import csv\nfinal_answer(count_words(text='a b c'))")]);
    const models = new Map([
      ["shouter", shouter],
      ["counter", counter],
    ]);
    const { agent } = await load({ model: (_wanted, name = "") => models.get(name) ?? boss });
    await using loaded = agent;
    expect(await loaded.run("Go.")).toEqual([
      1,
      'Report of the agent "shouter":\nHELLO!',
      'Report of the agent "counter":\n3',
    ]);
    for (const model of [boss, shouter, counter]) model.assertDone();
  });

  it("has its options, its models at their providers, and tools of ours in place of those of smolagents", async () => {
    const { agent, report } = await load();
    await using loaded = agent;
    expect(loaded.model).toMatchObject({ id: "org/model", provider: "inference-client" });
    expect(loaded.options).toMatchObject({ name: "boss", maxSteps: 7, limits: { maxOutputBytes: 2000 } });
    expect(loaded.tools.map(({ name }) => name).sort()).toEqual(["count_words", "visit_webpage", "web_search"]);
    const [shouter, counter] = loaded.managedAgents.map((managed) => managed.agent);
    expect([shouter instanceof ToolCallingAgent, counter instanceof CodeAgent]).toEqual([true, true]);
    expect(counter?.model).toMatchObject({ id: "gpt-4.1-mini", provider: "openai" });
    expect(report.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["tools.visit_webpage", "tools.web_search", "requirements"]),
    );
    // Prompts that nobody has changed are ours.
    expect(report.filter(({ field }) => field.includes("prompt"))).toEqual([]);
    expect(loaded.options.prompts).toBeUndefined();
  });

  it("answers in JSON where its prompt says so", async () => {
    const other = join(folder, "structured");
    await mkdir(other);
    await saveWithPython(other, "structured");
    await using loaded = await loadAgent(join(other, "agent"), {
      env: {},
      permissions: { net: ["*", "html.duckduckgo.com"] },
    });
    expect(loaded.options).toMatchObject({ structured: true });
  });

  it("had no key in its files, and gets none that is not given", async () => {
    expect(await readFile(join(folder, "agent", "agent.json"), "utf8")).not.toContain("planted");
  });
});
