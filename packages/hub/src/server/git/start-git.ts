import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
import type { Readable, Writable } from "node:stream";
import { HubServerError } from "../hub-server-error.ts";
import { hasCode } from "../../shared/has-code.ts";

/** Most of what git says of an error that is kept. */
const maxErrorLength = 2_000;

/** A git process that runs. */
export interface GitProcess {
  stdin: Writable;
  /** What it writes. Ends with an error when it is stopped. Destroying it stops the process. */
  stdout: Readable;
  /** How it ended, and the start of what it said about it. */
  ended: Promise<{ code: number | null; stderr: string }>;
}

/** How a git process is started. */
export interface GitOptions {
  /** The bare repository, which it may use whoever owns it. */
  gitdir: string;
  /** Further settings, such as `pack.threads=1`. */
  config: readonly string[];
  /** The `Git-Protocol` header of the client. */
  protocol?: string | undefined;
  timeoutMs: number;
  /** Stops it. */
  signal: AbortSignal;
}

/**
 * Starts git. It sees nothing of the environment, of the settings of the user and of the system, and runs no hooks.
 *
 * @throws HubServerError `HUB_NOT_IMPLEMENTED` where git is not installed.
 */
export async function startGit(args: readonly string[], options: GitOptions): Promise<GitProcess> {
  const { gitdir, config, protocol, timeoutMs, signal } = options;
  signal.throwIfAborted();
  const settings = [`safe.directory=${gitdir}`, `core.hooksPath=${devNull}`, ...config].flatMap((item) => ["-c", item]);
  // In a group of its own, so that the processes that git starts can be stopped with it.
  const child = spawn("git", [...settings, ...args], { env: environment(protocol), detached: true, stdio: "pipe" });
  try {
    await once(child, "spawn");
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    const text = "git clone needs git on the machine of this hub, and it is not installed. Use the HTTP API instead.";
    throw new HubServerError("HUB_NOT_IMPLEMENTED", text, { cause: error });
  }
  const { stdin, stdout } = child;
  const stop = (reason: Error) => {
    stopGroup(child);
    stdout.destroy(reason);
  };
  const timer = setTimeout(() => stop(new Error(`git took longer than ${timeoutMs} ms.`)), timeoutMs);
  const giveUp = () => stop(new Error("Nobody waits for git any more."));
  signal.addEventListener("abort", giveUp, { once: true });
  // A git that has ended, or was stopped, reads no more; when it is stopped nobody may be reading it yet.
  stdin.on("error", () => {});
  stdout.on("error", () => {});
  stdout.once("close", () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", giveUp);
    stopGroup(child);
  });
  child.on("error", () => {});
  const ended = ending(child);
  ended.catch(() => {});
  // The event of a signal that was aborted while git was being started has passed.
  if (signal.aborted) giveUp();
  return { stdin, stdout, ended };
}

async function ending(
  child: ChildProcessByStdio<Writable, Readable, Readable>,
): Promise<{ code: number | null; stderr: string }> {
  let stderr = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => (stderr = (stderr + text).slice(0, maxErrorLength)));
  const [code] = await once(child, "exit");
  return { code: typeof code === "number" ? code : null, stderr: stderr.trim() };
}

function stopGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error;
  }
}

function environment(protocol: string | undefined): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return {
    PATH,
    // Windows starts no process without it.
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: "0",
    ...(protocol !== undefined && /^[a-z0-9=:]{1,100}$/.test(protocol) ? { GIT_PROTOCOL: protocol } : {}),
  };
}
