import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** What the official Python client can be asked to do. */
export type PythonHubRequest =
  | { do: "commit"; repo: string; files: Record<string, string>; tag: string }
  | { do: "snapshot" | "load"; repo: string; revision: string; cache: string }
  | { do: "search"; text: string };

/** The official Python client of the Hub, and smolagents, in a process of their own that measures itself. */
export class PythonHubClient implements Disposable {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string, hubUrl: string, token: string) {
    const script = fileURLToPath(new URL("../python/hub_client.py", import.meta.url));
    this.#child = spawn(python, [script], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, HF_ENDPOINT: hubUrl, HF_TOKEN: token, HF_HUB_DISABLE_TELEMETRY: "1" },
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Milliseconds that something takes it. */
  async time(request: PythonHubRequest): Promise<number> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("the process of the Python client has ended");
    const { ms, error } = JSON.parse(value) as { ms?: number; error?: string };
    if (ms === undefined) throw new Error(`the Python client: ${error}`);
    return ms;
  }

  [Symbol.dispose](): void {
    this.#child.stdin.end();
  }
}
