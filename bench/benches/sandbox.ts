import { runInThisContext } from "node:vm";
import { processProblem, processSandbox } from "@smoltools/adapters/sandboxes/process";
import { python, pythonProblem } from "@smoltools/adapters/sandboxes/python";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import type { Sandbox, SandboxProvider } from "@smoltools/core";
import { each, interleaved, median, medianRatio, rounds, timed } from "../lib/measure.ts";
import { memoryOfTree } from "../lib/process-memory.ts";
import { benchPython, PythonExecutors } from "../lib/python-executors.ts";
import { type Row, row, type Target } from "../lib/row.ts";
import { type ProgramName, programs, sequentialCalls } from "../lib/sandbox-programs.ts";

const runs = 7;
/** The loop takes the slowest of the executors more than ten seconds. */
const loopRuns = 2;
/** Sandboxes that are alive together when their memory is measured. */
const crowd = 5;

const atLeast = (factor: number): Target => ({
  text: `at least ${factor} times as fast`,
  met: ({ ratio }) => ratio !== null && ratio <= 1 / factor,
});
const atMost = (factor: number): Target => ({
  text: factor === 1 ? "no slower" : `at most ${factor} times as long`,
  met: ({ ratio }) => ratio !== null && ratio <= factor,
});

/** What is aimed at, beside smolagents' LocalPythonExecutor. */
const targets: Readonly<Record<string, Partial<Record<ProgramName, Target>>>> = {
  quickjs: { loop: atLeast(40), step: atMost(1.5) },
  process: { loop: atLeast(1000) },
  python: { loop: atLeast(100), step: atMost(1) },
};

/** Each sandbox beside the same programs in plain V8 or CPython, and in smolagents' executor, in one run. */
export async function bench(): Promise<Row[]> {
  const providers = await availableProviders();
  const peers = await Peers.start();
  const rows: Row[] = [];
  for (const provider of providers) rows.push(...(await creation(provider)));
  const sandboxes = new Map<string, Sandbox>();
  try {
    for (const provider of providers) sandboxes.set(provider.name, await warm(provider));
    for (const name of Object.keys(programs) as ProgramName[]) rows.push(...(await compare(name, sandboxes, peers)));
    return rows;
  } finally {
    for (const sandbox of sandboxes.values()) await sandbox.dispose();
    peers[Symbol.dispose]();
  }
}

async function availableProviders(): Promise<SandboxProvider[]> {
  const problems = { process: await processProblem(), python: await pythonProblem() };
  for (const [name, problem] of Object.entries(problems)) if (problem) console.log(`no ${name} sandbox: ${problem}`);
  return [quickjs(), ...(problems.process ? [] : [processSandbox()]), ...(problems.python ? [] : [python()])];
}

const functions = { echo: (args: unknown[]) => args[0] };

async function warm(provider: SandboxProvider): Promise<Sandbox> {
  const sandbox = await provider.create({ functions });
  await run(sandbox, provider.language === "python" ? "n = 0" : "let n = 0");
  return sandbox;
}

async function run(sandbox: Sandbox, code: string): Promise<void> {
  const { error } = await sandbox.run(code);
  if (error) throw new Error(`${sandbox.name}: ${error.message}`);
}

async function creation(provider: SandboxProvider): Promise<Row[]> {
  const create = async (): Promise<number> => {
    let sandbox: Sandbox | undefined;
    const ms = await timed(async () => {
      sandbox = await provider.create({ functions });
    });
    await sandbox?.dispose();
    return ms;
  };
  const first = await create();
  const { again } = await interleaved({ again: create }, 15);
  const before = memoryOfTree();
  const many = await Promise.all(Array.from({ length: crowd }, () => warm(provider)));
  const after = memoryOfTree();
  await Promise.all(many.map((sandbox) => sandbox.dispose()));
  const rows = [
    row(`${provider.name}: create, first of the process`, "ms", first),
    row(`${provider.name}: create, further ones`, "ms", again),
  ];
  if (before === undefined || after === undefined) return rows;
  return [...rows, row(`${provider.name}: memory of each of ${crowd}`, "MB", (after - before) / crowd / 1e6)];
}

async function compare(name: ProgramName, sandboxes: ReadonlyMap<string, Sandbox>, peers: Peers): Promise<Row[]> {
  const program = programs[name];
  const subjects: Record<string, () => Promise<number>> = { ...peers.subjects(name) };
  for (const [kind, sandbox] of sandboxes) {
    subjects[kind] = () => each(program.repeat, () => run(sandbox, program[sandbox.language]));
  }
  const figures = await rounds(subjects, name === "loop" ? loopRuns : runs);
  return [...sandboxes].flatMap(([kind, { language }]) => {
    const ours = figures[kind] ?? [];
    const plain = language === "python" ? "plain CPython" : "plain V8";
    const metric = `${kind}: ${program.name}`;
    return ["smolagents 1.26", plain].flatMap((peer) => {
      const theirs = figures[peer];
      if (theirs === undefined) return peer === plain ? [row(metric, "ms", median(ours))] : [];
      const target = peer === plain ? undefined : targets[kind]?.[name];
      const compared = { name: peer, value: median(theirs), ratio: medianRatio(ours, theirs) };
      return [row(metric, "ms", median(ours), compared, target)];
    });
  });
}

/** What the sandboxes are compared with: nothing of it isolates. */
class Peers implements Disposable {
  readonly #python: PythonExecutors | undefined;

  private constructor(python: PythonExecutors | undefined) {
    this.#python = python;
  }

  static async start(): Promise<Peers> {
    const path = benchPython();
    if (path === undefined) {
      console.log("smolagents is not installed: run pnpm test:interop once to have the comparison");
      return new Peers(undefined);
    }
    const executors = new PythonExecutors(path);
    await executors.time("smolagents");
    return new Peers(executors);
  }

  subjects(name: ProgramName): Record<string, () => Promise<number>> {
    const { javascript, python: pythonCode, repeat } = programs[name];
    const executors = this.#python;
    const inV8 = (): Promise<number> => each(repeat, () => plainV8(javascript));
    if (!executors) return { "plain V8": inV8 };
    // The executor knows no `await`; plain CPython has no tools to call in parallel either.
    const code = name === "calls" ? sequentialCalls : pythonCode;
    return {
      "plain V8": inV8,
      "plain CPython": () => executors.time("cpython", code, repeat),
      "smolagents 1.26": () => executors.time("smolagents", code, repeat),
    };
  }

  [Symbol.dispose](): void {
    this.#python?.[Symbol.dispose]();
  }
}

/** Code without any sandbox, in the global scope of this process. */
function plainV8(code: string): unknown {
  Object.assign(globalThis, { echo: async (value: unknown) => value });
  return runInThisContext(`(async () => { globalThis.n ??= 0; return ${code} })()`);
}
