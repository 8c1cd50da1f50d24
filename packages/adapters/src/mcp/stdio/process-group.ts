import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";

const live = new Set<number>();

/** Signals a process and all that it has started, as far as they have not left its group. */
function signalGroup(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore", windowsHide: true }).on(
      "error",
      () => undefined,
    );
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing of it is left.
  }
}

function endAll(): void {
  for (const pid of live) signalGroup(pid, "SIGKILL");
}

/** A process with a group of its own, which ends with this process. */
export class ProcessGroup {
  readonly child: ChildProcess;
  readonly #pid: number;

  /** @param child - Started with `detached`, so that it leads a group. It has started. */
  constructor(child: ChildProcess, pid: number) {
    this.child = child;
    this.#pid = pid;
    if (live.size === 0) process.on("exit", endAll);
    live.add(pid);
    child.once("exit", () => {
      // What it has started and left behind goes with it.
      signalGroup(pid, "SIGKILL");
      live.delete(pid);
      if (live.size === 0) process.off("exit", endAll);
    });
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /**
   * Ends all of it: it is asked by the end of its input, then by SIGTERM, then it is killed.
   *
   * @param graceMs - How long it gets after each of the first two.
   */
  async end(graceMs: number): Promise<void> {
    this.child.stdin?.end();
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      if (await this.#endsWithin(graceMs)) return;
      signalGroup(this.#pid, signal);
    }
    if (!this.hasEnded) await once(this.child, "exit");
  }

  async #endsWithin(ms: number): Promise<boolean> {
    if (this.hasEnded) return true;
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.child.off("exit", settle);
        resolve();
      };
      const timer = setTimeout(settle, ms);
      this.child.once("exit", settle);
    });
    return this.hasEnded;
  }
}
