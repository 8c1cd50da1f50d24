import { setImmediate, setTimeout } from "node:timers/promises";
import type { SandboxLimits } from "@smoltools/core";
import type { WorkerSetup } from "../protocol.ts";
import { Engine } from "./engine.ts";
import type { Machine } from "./machine.ts";

/** What steps usually do: declare, call, print, fail. */
const steps = [
  "let total = 0;\nfor (const n of [1, 2, 3]) total += n;\ntotal",
  "const found = await echo({ query: 'a', limit: 2 });\nconsole.log('found', found);\nfound.query",
  "function double(n) { return n * 2 }\nawait Promise.all([echo(double(1)), echo(double(2))])",
  "missing()",
];
const rounds = 8;
/** By then, whoever waited for the thread has taken it. */
const delayMs = 20;

/** Far below what anyone would set: nothing of this grows. */
const limits: SandboxLimits = {
  timeoutMs: 1000,
  memoryBytes: 16 * 1024 * 1024,
  maxOutputBytes: 1000,
  maxSourceBytes: 1000,
  maxCalls: 10,
  maxCallsInFlight: 10,
  maxArgumentBytes: 1000,
  maxResultBytes: 1000,
  maxDepth: 10,
};

/**
 * Runs a few steps in a machine that nobody gets afterwards.
 *
 * Code that has never run is many times slower: without this, the first steps in a new thread would be those of somebody
 * who waits.
 *
 * @param isWanted - Asked before each step: as soon as the thread is taken, it is not.
 */
export async function rehearse(newMachine: () => Promise<Machine>, isWanted: () => boolean): Promise<void> {
  await setTimeout(delayMs);
  if (!isWanted()) return;
  const engine = new Engine(await newMachine(), setup(), (message) => {
    if (message.type !== "calls") return;
    const answers = message.calls.map(({ id, args }) => ({ id, ok: true, json: args.slice(1, -1) }));
    queueMicrotask(() => engine.settle(answers));
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const step of steps) {
      await setImmediate();
      if (!isWanted()) return;
      await engine.run(step, [], limits.timeoutMs);
    }
  }
}

function setup(): WorkerSetup {
  return {
    functions: ["echo"],
    parameters: {},
    modules: {},
    variables: [],
    hasFetch: false,
    limits,
    stop: new Int32Array(new SharedArrayBuffer(4)),
    stoodStillMs: new BigInt64Array(new SharedArrayBuffer(8)),
    snapshots: false,
  };
}
