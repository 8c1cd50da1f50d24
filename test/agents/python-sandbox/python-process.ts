import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { RunError } from "@smoltools/core";

/** What the runner in the process says. */
export type FromPython =
  | { type: "ready" }
  | { type: "call"; name: string; args: unknown[] }
  | { type: "output"; text: string }
  | { type: "answer"; value: unknown }
  | { type: "ended"; value?: unknown; error?: Record<"line" | "column", number | null> & RunError };

/** What it is told. */
type ToPython =
  | { functions: readonly string[]; variables: Readonly<Record<string, unknown>> }
  | { code: string; variables: Readonly<Record<string, unknown>> }
  | { ok: true; value?: unknown }
  | { ok: false; name: string; message: string };

/** Who hears a process: one at a time. */
interface ProcessListener {
  onMessage(message: FromPython): void;
  /** It has ended, whoever wanted it to. */
  onExit(reason: string): void;
}

/** @throws TypeError for values that are no JSON. */
export function encode(message: ToPython): string {
  return JSON.stringify(message);
}

const runner = fileURLToPath(new URL("runner.py", import.meta.url));
/** A python3 that runs steps. */
export class PythonProcess {
  listener: ProcessListener | undefined;
  readonly #child: ChildProcess;
  readonly #channel: Socket;
  #exit: string | undefined;

  constructor() {
    const { PATH, HOME } = process.env;
    // Isolated mode: neither variables nor files of the user change what Python does.
    this.#child = spawn("python3", ["-I", "-X", "utf8", runner], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
      env: { PATH, HOME },
    });
    this.#child.on("error", (error) => this.#end(error.message));
    this.#child.on("exit", (code, signal) => this.#end(`it ended with ${signal ?? `code ${code}`}`));
    const channel = this.#child.stdio[3];
    if (!(channel instanceof Socket)) throw new Error("descriptor 3 is no socket");
    this.#channel = channel;
    const lines = createInterface({ input: channel }).on("line", (line) => this.#receive(line));
    // A write to a process that has ended, told by both: its end is told anyway.
    for (const emitter of [channel, lines]) emitter.on("error", () => undefined);
  }

  get alive(): boolean {
    return this.#exit === undefined;
  }

  send(line: string): void {
    this.#channel.write(`${line}\n`);
  }

  /** Ends it, whatever it does. */
  async kill(): Promise<void> {
    this.listener = undefined;
    if (!this.alive) return;
    this.#child.kill("SIGKILL");
    await once(this.#child, "exit");
  }

  #receive(line: string): void {
    let message: FromPython;
    try {
      message = JSON.parse(line) as FromPython;
    } catch {
      this.#child.kill("SIGKILL");
      return;
    }
    this.listener?.onMessage(message);
  }

  #end(reason: string): void {
    this.#exit ??= reason;
    this.listener?.onExit(this.#exit);
  }
}
