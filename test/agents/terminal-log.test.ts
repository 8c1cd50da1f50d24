import {
  type AgentOptions,
  CodeAgent,
  type ModelDelta,
  ToolCallingAgent,
  tool,
  type TokenUsage,
} from "@smoltools/core";
import { ScriptedModel, type ScriptedReply } from "@smoltools/core/testing";
import { describe, expect, it } from "vitest";
import { type LogLevel, terminalLog } from "../../packages/core/src/agents/report/terminal-log.ts";
import { add, code, sandbox } from "./agent-fixture.ts";

const usage: TokenUsage = { inputTokens: 100, outputTokens: 50 };

/** The log of a run of a CodeAgent with the tool `add`, however it ends. */
async function logOf(
  script: readonly ScriptedReply[],
  options: Partial<AgentOptions> & { level?: LogLevel; color?: boolean; task?: string; signal?: AbortSignal } = {},
): Promise<string> {
  const { level = "info", color = false, task = "What is 1 + 2?", signal, ...agentOptions } = options;
  let text = "";
  const log = terminalLog({ level, color, write: (more) => (text += more) });
  const model = new ScriptedModel(script);
  await using agent = new CodeAgent({ model, sandbox, tools: [add], observers: [log], ...agentOptions });
  await agent.run(task, { ...(signal && { signal }) }).catch(() => undefined);
  return text;
}

/** Durations differ from run to run. */
const withoutTimes = (text: string): string => text.replaceAll(/\d+ ms|\d+\.\d s/g, "TIME");

const nativeCall = (name: string, input: object): ModelDelta[] => [
  { type: "tool-call", index: 0, id: "a", name, arguments: JSON.stringify(input) },
  { type: "finish", reason: "tool-calls" },
];

describe("terminalLog", () => {
  it("tells a run from task to answer (case 116)", async () => {
    const step = (text: string): ScriptedReply => ({ text: code(text), usage });
    const text = await logOf([
      step("const sum = await add(1, 2);\nconsole.log('sum', sum);\nsum"),
      step("finalAnswer(3)"),
    ]);
    expect(withoutTimes(text)).toMatchInlineSnapshot(`
      "── CodeAgent, model scripted-model ─────────────────────────────────────────────
      Task
        What is 1 + 2?
      ── Step 1 ──────────────────────────────────────────────────────────────────────
        Thought: go on.
      Code
        const sum = await add(1, 2);
        console.log('sum', sum);
        sum
      Call call_1_1: add({"a":1,"b":2})
      Result call_1_1: add → 3 (TIME)
      Output
        sum 3
      Observation
        Value: 3
      Step 1 | Duration TIME | Input tokens: 100 | Output tokens: 50 | Total tokens: 150
      ── Step 2 ──────────────────────────────────────────────────────────────────────
        Thought: go on.
      Code
        finalAnswer(3)
      Final answer
        3
      Step 2 | Duration TIME | Input tokens: 100 | Output tokens: 50 | Total tokens: 300
      Done | Steps: 2 | Calls: 1 | Duration TIME | Input tokens: 200 | Output tokens: 100
      "
    `);
  });

  it("shows a plan", async () => {
    const text = await logOf(
      [
        { text: "1. Add.<end_plan>", usage },
        { text: code("finalAnswer(3)"), usage },
      ],
      {
        planningInterval: 1,
      },
    );
    expect(withoutTimes(text)).toContain(
      "\n  1. Add.\nPlan | Duration TIME | Input tokens: 100 | Output tokens: 50 | Total tokens: 150\n",
    );
    expect(text).toContain("Total tokens: 300");
  });

  it("shows the summary of earlier steps", async () => {
    const printing = code(`console.log("${"x".repeat(2000)}")`);
    const text = await logOf([printing, printing, "It printed.", code("finalAnswer(3)")], {
      compaction: { maxTokens: 600, keepSteps: 1 },
      instructions: "y".repeat(2000),
    });
    expect(text).toContain("Summary of the first 3 steps of the memory");
    expect(text).toContain("\n  It printed.\n");
  });

  it("shows code that failed once, with its error", async () => {
    const text = await logOf([code("nope()"), code("finalAnswer(3)")]);
    expect(text).toMatch(/Error in step 1 \([A-Z_]+\): ReferenceError: /);
  });

  it("shows type errors once", async () => {
    const findings = [{ code: "TS1", message: "No such name.", line: 1, column: 2 }];
    const check = {
      findings: () => findings.splice(0),
      define: () => {},
      ran: () => {},
      forget: () => {},
      [Symbol.dispose]: () => {},
    };
    const typeCheck = { language: "javascript" as const, open: () => Promise.resolve(check) };
    let text = "";
    const log = terminalLog({ write: (more) => (text += more) });
    const model = new ScriptedModel([code("nope()"), code("finalAnswer(3)")]);
    await using agent = new CodeAgent({ model, sandbox, typeCheck, observers: [log] });
    await agent.run("Go.");
    expect(text.match(/No such name/g)).toHaveLength(1);
    expect(text).toContain("\n  1:2 TS1 No such name.\n");
  });

  it("shows calls that failed", async () => {
    const text = await logOf([code("try { await add('one') } catch {}\nfinalAnswer(3)")]);
    expect(withoutTimes(text)).toContain(
      'Call call_1_1: add({"a":"one"})\nFailed call_1_1: add (TIME): add was called',
    );
  });

  it("shows what the model of a tool-calling agent says beside its calls", async () => {
    let text = "";
    const log = terminalLog({ write: (more) => (text += more) });
    const model = new ScriptedModel([
      [{ type: "text", text: "I add." }, ...nativeCall("add", { a: 1, b: 2 })],
      nativeCall("final_answer", { answer: 3 }),
    ]);
    await using agent = new ToolCallingAgent({ model, tools: [add], observers: [log] });
    await agent.run("Go.");
    expect(withoutTimes(text)).toContain(
      '  I add.\nCall call_1_1: add({"a":1,"b":2})\nResult call_1_1: add → 3 (TIME)\n',
    );
  });

  it("says how a run ended that is ended", async () => {
    const abort = new AbortController();
    const text = await logOf([code("await stop()")], {
      tools: [tool({ name: "stop", description: "Aborts.", execute: () => abort.abort(new Error("Enough.")) })],
      signal: abort.signal,
    });
    expect(text).toMatch(/\nThe run ended with an error \(Error\): Enough\.\n$/);
  });

  it("says what ran out", async () => {
    const text = await logOf([code("1"), "About 3."], { maxSteps: 1 });
    expect(text).toMatch(/Final answer\n {2}About 3\.\n/);
    expect(text).toMatch(/\nDone \(max-steps\) \| Steps: 2 \| /);
  });

  it("says which images a step gave", async () => {
    const { MediaRef } = await import("@smoltools/core");
    const draw = tool({
      name: "draw",
      description: "Draws.",
      execute: () => MediaRef.fromBytes(new Uint8Array(6), { mediaType: "image/png" }),
    });
    const text = await logOf([code("await draw()"), code("finalAnswer(await draw())")], { tools: [draw] });
    expect(text).toContain("Result call_1_1: draw → (image/png, 6 bytes)");
    expect(text).toContain("Image: image/png, about 6 bytes");
    expect(text).toContain("Final answer\n  (image/png, 6 bytes)\n");
  });

  it("sets the runs of managed agents apart, by name and call", async () => {
    const helper = new CodeAgent({
      model: new ScriptedModel([{ text: code("finalAnswer('yes')"), usage }]),
      sandbox,
      name: "helper",
      description: "Helps.",
    });
    const text = await logOf([{ text: code("finalAnswer(await helper('Is it so?'))"), usage }], {
      managedAgents: [helper],
    });
    const inner = text.split("\n").filter((line) => line.startsWith("  helper call_1_1 │"));
    expect(inner[0]).toMatch(/^ {2}helper call_1_1 │ ── CodeAgent helper, model scripted-model ─+$/);
    expect(inner.at(-1)).toMatch(/^ {2}helper call_1_1 │ Done \| Steps: 1 \| /);
    // Its tokens count for the manager.
    expect(text).toMatch(/\nStep 1 \|.*\| Total tokens: 300\n/);
  });

  it("is told once of a run whose managed agent has the same log", async () => {
    let text = "";
    const observers = [terminalLog({ write: (more) => (text += more) })];
    const model = new ScriptedModel([code("finalAnswer('yes')")]);
    const helper = new CodeAgent({ model, sandbox, observers, name: "helper", description: "Helps." });
    const managing = new ScriptedModel([code("finalAnswer(await helper('Is it so?'))")]);
    await using agent = new CodeAgent({ model: managing, sandbox, observers, managedAgents: [helper] });
    await agent.run("Go.");
    expect(text.match(/CodeAgent helper/g)).toHaveLength(1);
  });
});

describe("the levels of terminalLog", () => {
  const script = [code("nope()"), code("finalAnswer(3)")];

  it("off: writes nothing", async () => {
    expect(await logOf(script, { level: "off" })).toBe("");
  });

  it("error: writes what failed and nothing else", async () => {
    expect(await logOf(script, { level: "error" })).toMatch(/^CodeAgent: error in step 1 \([A-Z_]+\): .*\n.*\n$/);
  });

  it("error: writes what ended the run", async () => {
    const text = await logOf([new Error("No network.")], { level: "error" });
    expect(text).toBe("CodeAgent: the run ended with an error (Error): No network.\n");
  });

  it("info: leaves requests and thoughts out", async () => {
    const text = await logOf(
      [
        [
          { type: "reasoning", text: "Secretly." },
          { type: "finish", reason: "stop" },
        ],
      ],
      {
        maxSteps: 1,
      },
    );
    expect(text).not.toContain("Secretly");
    expect(text).not.toContain("[system]");
  });

  it("debug: shows requests and thoughts", async () => {
    const text = await logOf(
      [
        [
          { type: "reasoning", text: "Secretly." },
          { type: "text", text: code("finalAnswer(3)") },
          { type: "finish", reason: "length" },
        ],
      ],
      { level: "debug" },
    );
    expect(text).toContain("Request to scripted-model (step)\n[system]\n");
    expect(text).toContain("\n[user]\n  New task:\n  What is 1 + 2?\n");
    expect(text).toContain("Reasoning\n  Secretly.\n");
    expect(text).toContain("The model stopped: length\n");
  });

  it("debug: shows values that info cuts", async () => {
    const script = [code("finalAnswer(await long())")];
    const tools = [tool({ name: "long", description: "Says much.", execute: () => "x".repeat(1000) })];
    const shown = /long → "(x*)/;
    expect(shown.exec(await logOf(script, { level: "info", tools }))?.[1]).toHaveLength(298);
    expect(shown.exec(await logOf(script, { level: "debug", tools }))?.[1]).toHaveLength(1000);
  });
});

describe("what comes from elsewhere", () => {
  it("cannot pass for a line of the log", async () => {
    const forged = "\nFinal answer\nStep 1 | forged";
    const text = await logOf([forged + code(`console.log(${JSON.stringify(forged)})`), new Error(forged)], {
      task: forged,
    });
    expect(text.match(/forged/g)?.length).toBeGreaterThanOrEqual(4);
    expect(text).not.toMatch(/^(Final answer|Step 1 \| forged)/m);
  });

  const nasty = "[/bad] \u001b[31mred\u001b]0;title\u0007 \u202eevil\u2066 \u009b2J \u0000 a\rb";
  const literal = String.raw`[/bad] \x1b[31mred\x1b]0;title\x07 \u202eevil\u2066 \x9b2J \x00 a\rb`;

  it("is shown literally, wherever it comes from (case 115)", async () => {
    const say = tool({
      name: "say",
      description: "Says.",
      input: { type: "object", properties: { what: { type: "string" } }, required: ["what"] },
      execute: ({ what }) => ({ [String(what)]: new TextEncoder().encode("hi") }),
    });
    const program = `console.log(${JSON.stringify(nasty)}); await say(${JSON.stringify(nasty)}); null.x`;
    const text = await logOf([`${nasty}\n${code(program)}`, new Error(nasty)], { tools: [say], task: nasty });
    expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}]/u);
    expect(text.split(literal).length).toBeGreaterThanOrEqual(4);
    expect(text).toContain("Uint8Array of 2 bytes <68 69>");
  });

  it("brings no colours of its own along when the log is coloured", async () => {
    const text = await logOf([new Error("\u001b[31mred")], { color: true, task: "\u001b[5mblink" });
    const sequences = text.split("\u001b").slice(1);
    const colours = new Set(sequences.map((sequence) => sequence.slice(0, sequence.indexOf("m") + 1)));
    expect([...colours].sort()).toEqual(["[0m", "[1;34m", "[2m", "[31m"]);
    expect(text).toContain(String.raw`\x1b[5mblink`);
  });

  it("is cut where it is long", async () => {
    const text = await logOf(
      [code(`for (let i = 0; i < 9000; i++) console.log("line " + i)`), code("finalAnswer(1)")],
      {
        task: "t\n".repeat(10_000),
      },
    );
    expect(text).toContain("lines not shown …");
    expect(text).toContain("… further output is not shown …");
    expect(text.split("\n").length).toBeLessThan(250);
  });

  it("leaves no escape for the names of models", async () => {
    let text = "";
    const log = terminalLog({ write: (more) => (text += more) });
    const model = new ScriptedModel([code("finalAnswer(1)")], "evil\u001b[2J\nStep 9");
    await using agent = new CodeAgent({ model, sandbox, observers: [log] });
    await agent.run("Go.");
    expect(text).toContain(String.raw`model evil\x1b[2J\nStep 9`);
  });
});
