import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { promisify } from "node:util";
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
  const child = spawn(process.execPath, [await script(), root, JSON.stringify(limits)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
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

let bundled: Promise<string> | undefined;

/** The program of the child in one file: it starts in a third of the time that hundreds of sources take. */
function script(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const file = join(tmpdir(), `smoltools-serve-child-${process.pid}.mjs`);
  process.once("exit", () => rmSync(file, { force: true }));
  // The esbuild of the hub's package.
  const hub = createRequire(join(import.meta.dirname, "../../packages/hub/package.json"));
  const require = 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);';
  const options = [
    "--bundle",
    "--platform=node",
    "--format=esm",
    "--conditions=@smoltools/source",
    "--log-level=error",
  ];
  const args = [join(import.meta.dirname, "serve-child.ts"), ...options, `--banner:js=${require}`, `--outfile=${file}`];
  await promisify(execFile)(hub.resolve("esbuild/bin/esbuild"), args);
  return file;
}

async function memoryOf({ pid }: ChildProcess): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}
