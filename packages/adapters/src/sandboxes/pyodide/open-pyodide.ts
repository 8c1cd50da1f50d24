import { readFile } from "node:fs/promises";
import { ChannelEngine } from "../channel/channel-engine.ts";
import type { GuestLanguage } from "../channel/guest-language.ts";
import { maxMessageBytes } from "../channel/message-size.ts";
import { denoHint, findDeno } from "../deno/find-deno.ts";
import { launchDeno } from "../deno/launch-deno.ts";
import type { Engine, EngineSetup } from "../engine/engine.ts";
import { unavailable } from "../engine/sandbox-errors.ts";
import { findPyodide, guestScript, pyodideHint } from "./pyodide-files.ts";
import { pyodideSnapshot } from "./snapshot-cache.ts";

const megabyte = 1024 * 1024;
/** What Pyodide takes before any code runs: the compiled program, the standard library, the snapshot on its way. */
const ownBytes = 320 * megabyte;

/** The package ships its sources, and its build leaves this where it is: the same path leads there from both. */
const platformFile = new URL("../../../src/sandboxes/pyodide/guest/platform_pyodide.py", import.meta.url);

/** What is to run in Pyodide. */
export interface PyodideOptions {
  /** Name of the sandbox, for errors. */
  sandbox: string;
  language: GuestLanguage;
  setup: EngineSetup;
  /** The guest's Python files, by path. */
  files: ReadonlyMap<string, string>;
  /** What the guest needs besides. */
  extras: Readonly<Record<string, unknown>>;
  denoPath?: string | undefined;
}

/** Why there is no Pyodide in Deno on this machine, with what to install; nothing when there is. */
export async function pyodideProblem(denoPath?: string): Promise<string | undefined> {
  if ((denoPath ?? (await findDeno())) === undefined) return `there is no Deno. ${denoHint}`;
  return findPyodide() === undefined ? `there is no Pyodide. ${pyodideHint}` : undefined;
}

/**
 * An engine of Python in Pyodide, in a Deno without permissions.
 *
 * Pyodide alone is no boundary: its code reaches the JavaScript around it. Deno is.
 *
 * @throws SandboxError `SANDBOX_UNAVAILABLE`
 */
export async function openPyodide(options: PyodideOptions): Promise<Engine> {
  const { sandbox, language, setup, extras, files } = options;
  const denoPath = options.denoPath ?? (await findDeno());
  const pyodide = findPyodide();
  if (denoPath === undefined || !pyodide) throw unavailable(sandbox, (await pyodideProblem(denoPath)) ?? "no Pyodide");
  const snapshot = await pyodideSnapshot(denoPath, pyodide).catch((cause: unknown) => {
    throw unavailable(sandbox, "Pyodide did not start in Deno: see the cause", cause);
  });
  const channel = await launchDeno({
    sandbox,
    denoPath,
    script: guestScript(),
    args: [pyodide.folder, snapshot],
    heapBytes: 256 * megabyte,
    extraBytes: ownBytes + setup.limits.memoryBytes,
    readable: [pyodide.folder, snapshot],
    maxMessageBytes: maxMessageBytes(setup.limits),
  });
  const platform = await readFile(platformFile, "utf8");
  return ChannelEngine.create(channel, {
    sandbox,
    language,
    setup,
    extras: { ...extras, files: { ...Object.fromEntries(files), "platform_pyodide.py": platform } },
  });
}
