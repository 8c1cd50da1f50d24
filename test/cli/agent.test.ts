import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenAIModel } from "@smoltools/adapters/models/openai";
import { CodeAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatCompletionsServer, type WireAnswer } from "../agents/chat-completions-server.ts";
import { inTerminal } from "./pty.ts";
import { smoltools, start } from "./run-cli.ts";
import { smoltoolsHere } from "./run-here.ts";

const addSource = `/**
 * Add two numbers.
 * @param a - One.
 * @param b - The other.
 * @returns The sum.
 * @annotation readOnly
 */
export function add(a: number, b: number): number {
  return a + b;
}

/**
 * Note something down.
 * @param text - What.
 */
export function note(text: string): void {
  if (text === "") throw new Error("nothing to note");
}
`;

let folder: string;
let sums: string;
let agents = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-agent-"));
  sums = join(folder, "sums.ts");
  await writeFile(sums, addSource);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const code = (text: string): string => `Thought.\n\`\`\`js\n${text}\n\`\`\``;

/** The command line beside a model that answers from a script. */
async function withModel(script: readonly WireAnswer[]) {
  const server = await chatCompletionsServer(script);
  const env = {
    OPENAI_BASE_URL: server.baseUrl,
    OPENAI_API_KEY: "sk-test-secret",
    HF_HOME: join(folder, "home"),
    HOME: folder,
  };
  return { server, options: { cwd: folder, env }, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("smoltools agent, with a task", () => {
  it("works on it, shows the steps beside and gives the answer alone on standard output", async () => {
    await using model = await withModel([
      code("const sum = await add(2, 3); console.log('so', sum)"),
      code("finalAnswer(sum * 2)"),
    ]);
    const args = ["agent", "--tools", "sums.ts", "Add 2 and 3.", "--model", "test", "--price", "1/2"];
    const { code: exit, stdout, stderr } = await smoltools(args, model.options);
    expect([exit, stdout]).toEqual([0, "10\n"]);
    expect(stderr).toMatch(/Step 1[\s\S]*add\(2, 3\)[\s\S]*Call [\s\S]*add\([\s\S]*so 5[\s\S]*Step 2/);
    expect(stderr).toContain("1 task, 2 steps, 1 call, 200 tokens read, 20 written, cost 0.00024");
    expect(stdout + stderr).not.toContain("sk-test-secret");
  });

  it("gives programs one event a line", async () => {
    await using model = await withModel([code("finalAnswer(await add(1, 2))")]);
    const { code: exit, stdout } = await smoltoolsHere(["agent", "--tools", sums, "Add.", "--json"], model.options);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(exit).toBe(0);
    const types = events.map(({ type }) => type).filter((type) => type !== "model-delta");
    expect(types).toEqual([
      "step-start",
      "model-request",
      "model-reply",
      "code",
      "tool-call",
      "tool-result",
      "step",
      "result",
    ]);
    expect(events.at(-1)).toMatchObject({ output: 3, state: "success", steps: 1, toolCalls: 1 });
    expect(stdout).not.toContain("messages");
  });

  it("asks a model for native calls where that is wanted", async () => {
    await using model = await withModel([
      [{ id: "1", name: "add", arguments: '{"a":1,"b":2}' }],
      [{ id: "2", name: "final_answer", arguments: '{"answer":"three"}' }],
    ]);
    const args = ["agent", "--tools", sums, "--kind", "tool-calling", "Add.", "--quiet"];
    const { stdout, stderr } = await smoltoolsHere(args, model.options);
    expect([stdout, stderr]).toEqual(["three\n", ""]);
  });

  it("ends with 1 when a limit ends the work", async () => {
    await using model = await withModel([code("console.log(1)"), "I do not know."]);
    const args = ["agent", "--tools", sums, "Add.", "--max-steps", "1"];
    const { code: exit, stdout } = await smoltoolsHere(args, model.options);
    expect([exit, stdout]).toEqual([1, "I do not know.\n"]);
  });

  it("does not make calls that a person would have to allow, where there is none", async () => {
    await using model = await withModel([code("await note('x')"), code("finalAnswer(await add(1, 2))")]);
    const args = ["agent", "--tools", sums, "Note.", "--approve", "writes"];
    const { stdout, stderr } = await smoltoolsHere(args, model.options);
    expect([stdout, stderr]).toEqual([
      "3\n",
      expect.stringContaining("a person has to allow it, and nobody can be asked"),
    ]);
    expect(stderr).toContain("a person has to allow it, and nobody can be asked");
  });

  it("tells a failure of the provider, as an event too", async () => {
    await using model = await withModel([]);
    const told = await smoltoolsHere(["agent", "--tools", sums, "Add."], model.options);
    expect([told.code, told.stderr]).toEqual([1, expect.stringContaining("MODEL_BAD_REQUEST")]);
    const { stdout } = await smoltoolsHere(["agent", "--tools", sums, "Add.", "--json"], model.options);
    expect(stdout).toMatch(/\{"type":"error","code":"MODEL_BAD_REQUEST"/);
  });

  it("ends with 130 on Ctrl-C", async () => {
    await using model = await withModel([code("for (;;) await Promise.resolve()")]);
    const child = start(["agent", "--tools", "sums.ts", "Wait."], model.options);
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    await expect.poll(() => stderr, { timeout: 10_000 }).toContain("for (;;)");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([130, null]);
  });
});

describe("smoltools agent, in a terminal", () => {
  it("remembers what was said before, and ends with its figures", async () => {
    await using model = await withModel([
      code("const x = await add(2, 3); finalAnswer(x)"),
      code("finalAnswer(x * 2)"),
    ]);
    await using terminal = inTerminal(["agent", "--tools", "sums.ts"], model.options);
    await terminal.shows("You");
    terminal.type("Add 2 and 3.\r");
    await terminal.shows("Final answer");
    await terminal.shows("You");
    terminal.type("Double it.\r");
    await terminal.shows(/Final answer[\s\S]*?10\n/);
    await terminal.shows("You");
    terminal.type("exit\r");
    await terminal.shows("2 tasks, 2 steps, 1 call, 200 tokens read");
    expect(await terminal.ended()).toBe(0);
    expect(model.server.requests[1]?.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
  });

  it("asks before a call, and tells the model what the person said", async () => {
    await using model = await withModel([
      code("await note('x')"),
      code("await note('y')"),
      code("finalAnswer('done')"),
    ]);
    await using terminal = inTerminal(["agent", "--tools", "sums.ts", "Note.", "--approve", "writes"], model.options);
    await terminal.shows('note({"text":"x"})?');
    terminal.type("\u001b[B\r");
    await terminal.shows("refused it");
    await terminal.shows('note({"text":"y"})?');
    terminal.type("\r");
    expect(await terminal.ended()).toBe(0);
    expect(terminal.text).toContain("done");
  });

  it("ends a task on Ctrl-C and keeps the chat, and ends the chat on the next one", async () => {
    await using model = await withModel([code("for (;;) await Promise.resolve()"), code("finalAnswer('still here')")]);
    await using terminal = inTerminal(["agent", "--tools", "sums.ts"], model.options);
    await terminal.shows("You");
    terminal.type("Wait.\r");
    await terminal.shows("for (;;)");
    terminal.interrupt();
    await terminal.shows("the task was ended");
    await terminal.shows("You");
    terminal.type("Go on.\r");
    await terminal.shows(/Final answer[\s\S]*?still here/);
    await terminal.shows("You");
    terminal.interrupt();
    await terminal.shows("1 task");
    expect(await terminal.ended()).toBe(0);
  });
});

describe("smoltools agent, with a saved agent", () => {
  /** An agent in a folder whose file names the model of a server. */
  async function savedAgent(baseUrl: string): Promise<string> {
    const path = join(folder, `agent-${agents++}`);
    const model = new OpenAIModel({ model: "test", baseUrl });
    await using agent = new CodeAgent({ model, name: "counter", description: "Counts.", maxSteps: 7 });
    await agent.save(path, { name: "acme/counter", version: "1.0.0" });
    return path;
  }

  it("asks the model of the command line in place of the agent's own", async () => {
    await using model = await withModel([code("finalAnswer('one')")]);
    const path = await savedAgent("http://127.0.0.1:9/v1");
    const { code: exit, stdout } = await smoltoolsHere(["agent", path, "Count.", "--model", "test"], model.options);
    expect([exit, stdout]).toEqual([0, "one\n"]);
  });

  it("asks a host that only the agent's file names when it is allowed, and says how", async () => {
    await using model = await withModel([code("finalAnswer('one')")]);
    const path = await savedAgent(model.server.baseUrl);
    const host = new URL(model.server.baseUrl).host;
    const refused = await smoltoolsHere(["agent", path, "Count."], { env: { HOME: folder } });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/AGENT_MODEL_FOREIGN[\s\S]*--allow-host/),
    ]);
    const allowed = await smoltoolsHere(["agent", path, "Count.", "--allow-host", host], { env: { HOME: folder } });
    expect([allowed.code, allowed.stdout]).toEqual([0, "one\n"]);
    expect(allowed.stderr).toContain("CodeAgent counter");
  });

  it("gives it the limits of the command line", async () => {
    await using model = await withModel([code("console.log(1)"), "Nothing."]);
    const path = await savedAgent(model.server.baseUrl);
    const args = ["agent", path, "Count.", "--model", "test", "--max-steps", "1"];
    expect(await smoltoolsHere(args, model.options)).toMatchObject({ code: 1, stdout: "Nothing.\n" });
  });

  it("says that there is none", async () => {
    const { code: exit, stderr } = await smoltoolsHere(["agent", join(folder, "nowhere"), "Count."], {
      env: { HOME: folder },
    });
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/AGENT_FILE_MISSING|MANIFEST_MISSING/)]);
  });
});

describe("smoltools agent, without a terminal", () => {
  it("takes the lines of standard input as one conversation", async () => {
    await using model = await withModel([code("const x = 5; finalAnswer(x)"), code("finalAnswer(x + 1)")]);
    const { code: exit, stdout } = await smoltools(["agent", "--tools", "sums.ts"], {
      ...model.options,
      stdin: "Say five.\n\nAnd one more.\n",
    });
    expect([exit, stdout]).toEqual([0, "5\n6\n"]);
  });

  it.each<[string, string[], RegExp]>([
    ["nothing to talk to", ["agent"], /Name an agent, or tools/],
    ["two tasks", ["agent", "--tools", "sums.ts", "a", "b"], /there is no agent to name/],
    ["a wrong number of steps", ["agent", "--tools", "sums.ts", "a", "--max-steps", "0"], /no whole number/],
    ["a wrong price", ["agent", "--tools", "sums.ts", "a", "--price", "1"], /such as 0.4\/0.8/],
    ["a wrong time", ["agent", "--tools", "sums.ts", "a", "--max-time", "soon"], /is no time/],
    [
      "a way to approve that there is not",
      ["agent", "--tools", "sums.ts", "a", "--approve", "maybe"],
      /never, writes, always/,
    ],
    ["no model", ["agent", "--tools", "sums.ts", "a"], /There is no model to ask/],
    ["tools that are not there", ["agent", "--tools", "./nowhere.ts", "a"], /no model|There is no file/],
  ])("ends with 2 for %s", async (_title, args, message) => {
    const { code: exit, stderr } = await smoltoolsHere(args, { env: { HOME: folder } });
    expect([exit, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
