import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import type { HubLimits } from "@smoltools/hub/server";

/** A hub in another process. Disposing it shuts it down. */
export interface ChildHub extends AsyncDisposable {
  process: ChildProcess;
  url: string;
  /** Ends it without a chance to do anything more. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Bytes of memory that the process has now, and the most it ever had. Linux only. */
  memory(): Promise<{ now: number; peak: number }>;
}

/** Starts a hub on a folder in another process. */
export async function startChild(root: string, limits: Partial<HubLimits> = {}): Promise<ChildHub> {
  const script = join(import.meta.dirname, "serve-child.ts");
  const child = spawn(
    process.execPath,
    ["--conditions=@smoltools/source", script, root, JSON.stringify(limits)],
    // Started many times, most of the time would go into reading the same sources.
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "smoltools-test-cache") },
    },
  );
  const exited = once(child, "exit");
  for await (const url of createInterface(child.stdout)) {
    return {
      process: child,
      url,
      kill: async () => {
        child.kill("SIGKILL");
        await exited;
      },
      memory: () => memoryOf(child),
      [Symbol.asyncDispose]: async () => {
        child.stdin.end();
        await exited;
      },
    };
  }
  throw new Error("The child process did not start a hub.");
}

async function memoryOf({ pid }: ChildProcess): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}
