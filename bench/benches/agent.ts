import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import { typeCheck } from "@smoltools/adapters/type-check";
import {
  type Agent,
  CodeAgent,
  type CodeChecker,
  type Model,
  type ModelDelta,
  tool,
  ToolCallingAgent,
} from "@smoltools/core";
import { interleaved } from "../lib/measure.ts";
import { type Row, row, type Target } from "../lib/row.ts";

type Kind = "code" | "tool-calling";

const lengths = [1, 10, 100, 300, 1000] as const;
const kinds = ["code", "tool-calling"] as const;

const echo = tool({
  name: "echo",
  description: "Gives the text back.",
  input: {
    type: "object",
    properties: { text: { type: "string", description: "Any text." } },
    required: ["text"],
    additionalProperties: false,
  },
  output: { type: "string" },
  execute: ({ text }) => String(text),
});

/** Writes the same step again and again, then the final answer, as the Python side does. */
function instantModel(kind: Kind, steps: number): Model {
  let left = steps;
  const answer = (): ModelDelta => {
    if (kind === "code") {
      const code = left > 0 ? "n = 1 + 1" : "finalAnswer(2)";
      return { type: "text", text: `Thought: go on.\n<code>\n${code}\n</code>` };
    }
    const [name, args] = left > 0 ? ["echo", { text: "a" }] : ["final_answer", { answer: 2 }];
    return { type: "tool-call", index: 0, id: `call_${left}`, name, arguments: JSON.stringify(args) };
  };
  return {
    id: "instant",
    provider: "bench",
    async *stream() {
      left -= 1;
      yield answer();
      yield { type: "usage", usage: { inputTokens: 10, outputTokens: 10 } };
      yield { type: "finish", reason: "stop" };
    },
  };
}

const sandbox = quickjs();

function agentOf(kind: Kind, steps: number, typeCheck?: CodeChecker): Agent {
  const options = { model: instantModel(kind, steps), tools: [echo], maxSteps: steps + 1 };
  return kind === "code"
    ? new CodeAgent({ ...options, sandbox, ...(typeCheck && { typeCheck }) })
    : new ToolCallingAgent(options);
}

/** Milliseconds of a whole run. */
async function runTime(kind: Kind, steps: number, typeCheck?: CodeChecker): Promise<number> {
  await using agent = agentOf(kind, steps, typeCheck);
  const start = performance.now();
  const answer = await agent.run("Go.");
  const taken = performance.now() - start;
  if (answer !== 2) throw new Error(`the answer is ${String(answer)}`);
  return taken;
}

/** Bytes of memory that each further step takes and keeps, in a run of 1,000. */
async function bytesPerStep(kind: Kind): Promise<number> {
  const steps = 1000;
  await using agent = agentOf(kind, steps);
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  await agent.run("Go.");
  return (used() - before) / steps;
}

const run = promisify(execFile);

/** Milliseconds of the same runs with smolagents; `undefined` where it is not installed. */
async function pythonTimes(): Promise<Record<string, number> | undefined> {
  const python =
    process.env["SMOLTOOLS_BENCH_PYTHON"] ?? fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
  if (!existsSync(python)) return undefined;
  const script = fileURLToPath(new URL("../python/agent_steps.py", import.meta.url));
  const wanted = kinds.flatMap((kind) => lengths.map((steps) => `${kind}:${steps}`));
  const { stdout } = await run(python, [script, ...wanted], { timeout: 600_000 });
  const lines = stdout.trim().split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const { kind, steps, ms } = JSON.parse(line) as { kind: string; steps: number; ms: number };
      return [`${kind}:${steps}`, ms];
    }),
  );
}

const noSlower: Target = { text: "no slower", met: ({ ratio }) => ratio !== null && ratio <= 1 };
const aThird: Target = { text: "at most a third", met: ({ ratio }) => ratio !== null && ratio <= 1 / 3 };
const targets: Readonly<Record<number, Target>> = { 10: noSlower, 100: noSlower, 1000: aThird };

/** The loop of both agents with a model that answers at once, beside Python's smolagents where that is installed. */
export async function bench(): Promise<Row[]> {
  const python = await pythonTimes();
  if (!python) console.log("smolagents is not installed: run pnpm test:interop once to have the comparison");
  const rows: Row[] = [];
  for (const kind of kinds) {
    const subjects = Object.fromEntries(lengths.map((steps) => [steps, () => runTime(kind, steps)]));
    const ms = await interleaved(subjects, 3);
    for (const steps of lengths) {
      const theirs = python?.[`${kind}:${steps}`];
      const peer = theirs === undefined ? undefined : { name: "smolagents 1.26", value: theirs / steps };
      const ours = (ms[steps] ?? Number.NaN) / steps;
      rows.push(row(`${kind} agent, a step of ${steps}`, "ms", ours, peer, peer && targets[steps]));
    }
    const growth = { name: "a step of 100", value: (ms[100] ?? Number.NaN) / 100 };
    const flat: Target = { text: "flat: at most × 1.25", met: ({ ratio }) => ratio !== null && ratio <= 1.25 };
    rows.push(row(`${kind} agent, a step of 1000`, "ms", (ms[1000] ?? Number.NaN) / 1000, growth, flat));
    rows.push(row(`${kind} agent, memory kept by a step`, "bytes", await bytesPerStep(kind)));
  }
  const checker = typeCheck();
  await runTime("code", 3, checker);
  const checked = await interleaved(
    { with: () => runTime("code", 100, checker), without: () => runTime("code", 100) },
    5,
  );
  const part = { name: "the same without", value: checked.without / 100 };
  rows.push(row("code agent with type check, a step of 100", "ms", checked.with / 100, part));
  return rows;
}
