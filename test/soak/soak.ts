import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox, SandboxProvider } from "@smoltools/core";
import { type Footprint, footprint } from "./footprint.ts";

/** What many sandboxes, one after another, left behind. */
export interface SoakReport {
  sandbox: string;
  cycles: number;
  /** Milliseconds of a whole cycle, on average. */
  msPerCycle: number;
  /** After the first tenth, when everything that is made once is there. */
  early: Footprint;
  /** At the end. */
  late: Footprint;
}

const code = { javascript: "const a = [1, 2, 3]; await echo(a.length)", python: "a = [1, 2, 3]\necho(len(a))" };
const functions = { echo: ([value]: unknown[]) => value };

/**
 * Creates a sandbox, runs a step with a tool call in it and disposes of it, again and again.
 *
 * @param together - How many sandboxes live at the same time.
 */
export async function soak(provider: SandboxProvider, cycles: number, together = 2): Promise<SoakReport> {
  await using _own = await ownTemporaryFolder();
  const warmUp = Math.max(Math.ceil(cycles / 10), together);
  await repeat(provider, warmUp, together);
  const early = await settledFootprint();
  const startedAt = performance.now();
  await repeat(provider, cycles - warmUp, together);
  const msPerCycle = (performance.now() - startedAt) / (cycles - warmUp);
  return { sandbox: provider.name, cycles, msPerCycle, early, late: await settledFootprint() };
}

/** Temporary files of this process alone: others may run beside it. */
async function ownTemporaryFolder(): Promise<AsyncDisposable> {
  const before = process.env["TMPDIR"];
  const folder = await mkdtemp(join(tmpdir(), "soak-"));
  process.env["TMPDIR"] = folder;
  return {
    [Symbol.asyncDispose]: async () => {
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function repeat(provider: SandboxProvider, cycles: number, together: number): Promise<void> {
  let left = cycles;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await cycle(provider);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
}

async function cycle(provider: SandboxProvider): Promise<void> {
  await using sandbox: Sandbox = await provider.create({ functions });
  const { value, error } = await sandbox.run(code[provider.language]);
  if (value !== 3) throw new Error(`the value is ${JSON.stringify(value ?? error)}`);
}

/** What ends in the background gets a moment to end. */
async function settledFootprint(): Promise<Footprint> {
  await sleep(1000);
  return await footprint();
}
