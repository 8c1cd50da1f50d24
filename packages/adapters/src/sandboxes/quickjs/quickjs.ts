import type { Sandbox, SandboxOptions, SandboxProvider } from "@smoltools/core";
import type { EngineKind } from "../engine/engine.ts";
import { EngineSandbox } from "../engine/engine-sandbox.ts";
import { badOption } from "../engine/sandbox-errors.ts";
import { EngineClient } from "./engine-client.ts";
import { ThreadPool } from "./thread-pool.ts";

/** Options of {@link quickjs}. */
export interface QuickJsOptions {
  /**
   * How many worker threads to start ahead of need, so that the next sandbox is there in milliseconds; 0 starts and
   * ends one for each sandbox. An idle thread takes about 16 MB and never keeps the process alive. Default 1, in a
   * pool that all providers with the default share.
   */
  spareThreads?: number;
  /**
   * Whether variables survive the loss of an engine: when code hangs in an operation that nothing interrupts, or fills
   * the memory to the last byte. The memory of the engine is then copied after each run, and a lost engine goes on from
   * the copy, in another thread: everything is as it was before the run that failed, functions, closures and modules
   * included, and `stateLost` is false. Other runs that fail, on a time limit for instance, change nothing here: what
   * they did stays. The copy takes 0.4 ms for an engine that holds little and about 0.3 ms more for each megabyte,
   * after the result is there, and twice the memory that the engine uses. Default false.
   */
  snapshots?: boolean;
}

/** QuickJS itself needs the least to start. */
const memory: EngineKind["memory"] = { least: 16 * 1024 * 1024, most: 2 ** 31, reason: "QuickJS" };

const defaultSpareThreads = 1;
let sharedPool: ThreadPool | undefined;

/**
 * Sandboxes of JavaScript and TypeScript in QuickJS, compiled to WebAssembly, in a worker thread.
 *
 * Runs wherever Node does. The code inside has the language (ES2023 and some of what came later) and these web globals:
 * `URL`, `URLSearchParams`, `TextEncoder`, `TextDecoder`, timers, `AbortController`, `EventTarget`, `atob`, `btoa`,
 * `structuredClone`, `crypto` with `subtle.digest` and nothing else of `subtle`, `performance.now`, `Intl`, `Blob`,
 * `File`, `FormData`, and `fetch` with `Headers`, `Request` and `Response`; of Node, `Buffer` without numbers and
 * `write`. Nothing of it is a stream, and it converts at most 32 MiB at once. There is no `process`, `WebAssembly` or
 * `Atomics`. The code has no way to the machine but the functions and the `fetch` that it is given. `memoryBytes` counts
 * QuickJS itself, half a megabyte, and must be at least 16 MiB.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` when an option is wrong.
 */
export function quickjs(options: QuickJsOptions = {}): SandboxProvider {
  const { spareThreads, snapshots = false } = options;
  if (spareThreads !== undefined && (!Number.isSafeInteger(spareThreads) || spareThreads < 0)) {
    throw badOption("quickjs", `spareThreads is ${spareThreads}: it must be a whole number, 0 or more`);
  }
  const pool =
    spareThreads === undefined ? (sharedPool ??= new ThreadPool(defaultSpareThreads)) : new ThreadPool(spareThreads);
  const kind: EngineKind = {
    name: "quickjs",
    language: "javascript",
    memory,
    open: (setup) => EngineClient.create(pool, setup, snapshots),
    onChange: () => pool.fill(),
  };
  return {
    name: kind.name,
    language: kind.language,
    create: (sandboxOptions: SandboxOptions = {}): Promise<Sandbox> => EngineSandbox.create(kind, sandboxOptions),
  };
}
