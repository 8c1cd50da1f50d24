import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** The Python that has smolagents; `undefined` where it is not installed. */
export function benchPython(): string | undefined {
  const python =
    process.env["SMOLTOOLS_BENCH_PYTHON"] ?? fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
  return existsSync(python) ? python : undefined;
}

/** Plain CPython and smolagents' executor, in a process of their own that measures itself. */
export class PythonExecutors implements Disposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string) {
    const script = fileURLToPath(new URL("../python/executors.py", import.meta.url));
    this.#child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Milliseconds of one repetition; without code, of making the executor. */
  async time(executor: "cpython" | "smolagents", code?: string, repeat = 1): Promise<number> {
    this.#child.stdin.write(`${JSON.stringify({ executor, code: code ?? null, repeat })}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`the process of ${executor} has ended`);
    return Number(value);
  }

  [Symbol.dispose](): void {
    this.#child.stdin.end();
  }
}
