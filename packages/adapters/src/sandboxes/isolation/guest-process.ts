import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { isAtWork, processBusyMs } from "../channel/process-status.ts";

/** How long the end of a guest may take. It takes milliseconds; a guest that the kernel holds can take longer. */
const killMs = 2000;

/** The process of a guest, as the host sees it: the only one in its namespace. */
export class GuestProcess {
  readonly #bwrap: ChildProcess;
  readonly #pid: number;
  #busyMs = 0;

  constructor(bwrap: ChildProcess, pid: number) {
    this.#bwrap = bwrap;
    this.#pid = pid;
  }

  /**
   * Processor time of all its threads, in milliseconds. Once it is gone, the last that was known.
   *
   * @throws Error when the kernel does not tell it: nobody may take such a guest for idle.
   */
  busyMs(): number {
    if (this.#isAlive) this.#busyMs = processBusyMs(this.#pid);
    return this.#busyMs;
  }

  /** Whether any of its threads is at work right now; nothing when that is not known. */
  isAtWork(): boolean | undefined {
    return this.#isAlive ? isAtWork(this.#pid) : undefined;
  }

  /** Sends SIGINT, which a guest without a handler for it does not notice. */
  interrupt(): void {
    this.#signal("SIGINT");
  }

  /**
   * Kills it. Settled when it is gone.
   *
   * bubblewrap is left to wait for it: were it killed first, its guest would be gone only some time later, and one that
   * is just being started might stay.
   */
  async kill(): Promise<void> {
    if (!this.#signal("SIGKILL")) return;
    const giveUp = AbortSignal.timeout(killMs);
    try {
      await once(this.#bwrap, "exit", { signal: giveUp });
    } catch {
      // What follows is the end of bubblewrap, and with it of the guest as soon as the kernel lets go.
    }
  }

  /** bubblewrap ends right after the guest: until its end is known here, the id can belong to nobody else. */
  get #isAlive(): boolean {
    return this.#bwrap.exitCode === null && this.#bwrap.signalCode === null;
  }

  #signal(signal: NodeJS.Signals): boolean {
    if (!this.#isAlive) return false;
    try {
      return process.kill(this.#pid, signal);
    } catch {
      return false;
    }
  }
}

/** The process id of the guest, as bubblewrap tells it; nothing when bubblewrap failed before, or was given up. */
export async function readGuestPid(info: Readable): Promise<number | undefined> {
  try {
    const pid = /"child-pid"\s*:\s*(\d+)/.exec(await text(info))?.[1];
    return pid === undefined ? undefined : Number(pid);
  } catch {
    return undefined;
  }
}
