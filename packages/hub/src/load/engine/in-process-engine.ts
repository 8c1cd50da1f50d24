import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { errorMessage } from "@smoltools/core";
import { sha256 } from "../../integrity/hash.ts";
import { withInlineMedia, withMedia } from "./media-values.ts";
import type { EngineOutcome, ToolEngine } from "./tool-engine.ts";

type ToolFunction = (input: unknown, context: { signal: AbortSignal | undefined }) => unknown;

/** A module cannot be unloaded: one that is loaded twice is there once. By the SHA-256 of its source. */
const modules = new Map<string, Promise<ReadonlyMap<string, ToolFunction>>>();

/**
 * Runs a bundle **in this process, with all rights of this process**: nothing holds it to what the package declares,
 * and nothing can stop it.
 *
 * The bytes that were verified are the bytes that run: they are written to a folder which only this user can read, and
 * imported from there, never from the cache, which other programs can write to.
 *
 * @param code - Verified by the caller.
 */
export async function openInProcessEngine(code: Uint8Array): Promise<ToolEngine> {
  const id = sha256(code);
  const known = modules.get(id) ?? importTools(code);
  modules.set(id, known);
  try {
    return new InProcessEngine(await known);
  } catch (error) {
    modules.delete(id);
    throw error;
  }
}

async function importTools(code: Uint8Array): Promise<ReadonlyMap<string, ToolFunction>> {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-in-process-"));
  try {
    const file = join(folder, "tool.mjs");
    await writeFile(file, code, { mode: 0o600 });
    const { tools } = (await import(pathToFileURL(file).href)) as { tools?: unknown };
    const entries = typeof tools === "object" && tools !== null ? Object.entries(tools) : [];
    return new Map(entries.filter((entry): entry is [string, ToolFunction] => typeof entry[1] === "function"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class InProcessEngine implements ToolEngine {
  readonly #tools: ReadonlyMap<string, ToolFunction>;

  constructor(tools: ReadonlyMap<string, ToolFunction>) {
    this.#tools = tools;
  }

  async call(tool: string, input: unknown, signal: AbortSignal | undefined): Promise<EngineOutcome> {
    signal?.throwIfAborted();
    const run = this.#tools.get(tool);
    if (!run) return { error: { code: "SANDBOX_EXCEPTION", message: "its bundle does not export it" } };
    return untilAborted(outcomeOf(run, input, signal), signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

async function outcomeOf(run: ToolFunction, input: unknown, signal: AbortSignal | undefined): Promise<EngineOutcome> {
  try {
    return { value: withMedia(await run(await withInlineMedia(input, signal), { signal })) };
  } catch (cause) {
    return { error: { code: "SANDBOX_EXCEPTION", message: errorMessage(cause) }, cause };
  }
}

/** Work that does not heed the signal cannot be stopped: on abort, nobody waits for it any more. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal?.reason as Error);
    signal?.addEventListener("abort", onAbort, { once: true });
    void work.then(resolve, reject).finally(() => signal?.removeEventListener("abort", onAbort));
  });
}
