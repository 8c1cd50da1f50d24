import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import process from "node:process";
import { ChildChannel } from "../channel/child-channel.ts";
import type { GuestChannel } from "../channel/guest-channel.ts";
import { isAtWork, threadBusyMs } from "../channel/process-status.ts";
import { badOption, unavailable } from "../engine/sandbox-errors.ts";
import { strayDescriptors } from "../isolation/stray-descriptors.ts";
import { heapFlag, v8ReservedBytes } from "../javascript/v8-memory.ts";
import { endsWithParent } from "./ends-with-parent.ts";
import { denoHint, findDeno } from "./find-deno.ts";
import { newOwnFolder, removeFolder } from "./own-folders.ts";

/** What is to run in Deno. */
export interface DenoCommand {
  /** Name of the sandbox, for errors. */
  sandbox: string;
  /** Path of the Deno program; looked for when absent. */
  denoPath?: string | undefined;
  /** The program to run, an absolute path of a file. */
  script: string;
  args?: readonly string[];
  /** Largest heap of V8, in bytes. */
  heapBytes: number;
  /** Most memory besides, for buffers and WebAssembly; kept where the system can (Linux). */
  extraBytes: number;
  /** Sources of modules, by specifier. */
  modules?: Readonly<Record<string, string>>;
  /** Files and folders that the program may read; none when absent. */
  readable?: readonly string[];
  maxMessageBytes: number;
}

/** No permission, no question about one, nothing fetched, no configuration of whoever runs this. */
export const denoFlags: readonly string[] = [
  "--no-prompt",
  "--no-config",
  "--no-npm",
  "--no-remote",
  "--no-lock",
  "--cached-only",
];

/**
 * Starts Deno without permissions, the host at its standard input and output.
 *
 * Whatever the permissions, Deno would keep on disk what pages keep (`localStorage`, caches), as much as the code likes.
 * Here it has no place for that; and on Linux, where SQLite would put its temporary tables on disk, a guest that writes
 * a file is ended. There it also ends with this process, or with the thread that has started it.
 *
 * @throws SandboxError `SANDBOX_UNAVAILABLE` when there is no Deno, `SANDBOX_BAD_OPTIONS` when it would run as another
 *   program.
 */
export async function launchDeno(command: DenoCommand): Promise<GuestChannel> {
  const denoPath = command.denoPath ?? (await findDeno());
  if (denoPath === undefined) throw unavailable(command.sandbox, `there is no Deno. ${denoHint}`);
  if (/^node(?:\.exe)?$/i.test(basename(denoPath))) {
    throw badOption(command.sandbox, `denoPath is "${denoPath}": under the name node, Deno runs with all permissions`);
  }
  const folder = await newOwnFolder();
  try {
    const { modules = {}, readable = [], script, args = [], heapBytes, maxMessageBytes } = command;
    const importMap = join(folder, "import-map.json");
    await writeFile(importMap, JSON.stringify({ imports: dataUrls(modules) }));
    // Below what is a file there can be no folder.
    const environment = denoEnvironment(folder, join(importMap, "none"));
    const child = start(command, { env: environment, cwd: folder }, await endsWithParent(), [
      denoPath,
      "run",
      ...denoFlags,
      `--import-map=${importMap}`,
      ...(readable.length > 0 ? [`--allow-read=${readable.join(",")}`] : []),
      `--v8-flags=${heapFlag(heapBytes)}`,
      script,
      ...args,
    ]);
    child.once("close", () => void removeFolder(folder));
    const { stdin, stdout, pid } = child;
    if (!stdin || !stdout) throw new Error("the process has no standard streams");
    const onLinux = process.platform === "linux" && pid !== undefined;
    return new ChildChannel(child, {
      incoming: stdout,
      outgoing: stdin,
      maxMessageBytes,
      kill: () => void child.kill("SIGKILL"),
      // Of the thread that runs the code: those on which V8 compiles and collects work on their own account.
      ...(onLinux && { busyMs: () => threadBusyMs(pid, pid), isAtWork: () => isAtWork(pid) }),
    });
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

function start(
  command: DenoCommand,
  options: Pick<SpawnOptions, "env" | "cwd">,
  wrapper: readonly string[],
  deno: readonly string[],
): ChildProcess {
  const [denoPath = "", ...args] = deno;
  if (process.platform !== "linux") return spawn(denoPath, args, { ...options, stdio: ["pipe", "pipe", "pipe"] });
  // Deno's own limit is that of the heap: buffers and WebAssembly are outside of it.
  const data = v8ReservedBytes + command.heapBytes + command.extraBytes;
  const limits = [`--data=${data}`, "--fsize=0", "--nofile=256", "--core=0"];
  const [program = "", ...rest] = [...wrapper, "prlimit", ...limits, "--", ...deno];
  return spawn(program, rest, { ...options, stdio: streams() });
}

/** Three pipes; what this process would hand on besides becomes nothing. */
function streams(): ("pipe" | "ignore")[] {
  const length = Math.max(2, ...strayDescriptors(3)) + 1;
  return Array.from({ length }, (_, descriptor) => (descriptor < 3 ? "pipe" : "ignore"));
}

/**
 * All of the environment that Deno gets: a folder of its own, in place of the user's.
 *
 * @param storage - The folder for what Deno keeps.
 */
export function denoEnvironment(folder: string, storage: string): NodeJS.ProcessEnv {
  const env = { DENO_DIR: storage, HOME: folder, TMPDIR: folder, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
  // On Windows a process without this variable cannot start.
  return process.platform === "win32" ? { ...env, SystemRoot: process.env["SystemRoot"] } : env;
}

function dataUrls(modules: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(modules).map(([specifier, source]) => [
      specifier,
      `data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`,
    ]),
  );
}
