import { isAbsolute } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Sandbox, SandboxOptions, SandboxProvider } from "@smoltools/core";
import { ChannelEngine } from "../channel/channel-engine.ts";
import type { GuestChannel } from "../channel/guest-channel.ts";
import { maxMessageBytes } from "../channel/message-size.ts";
import { openDenoJavascript } from "../deno/deno-javascript.ts";
import { denoHint, findDeno } from "../deno/find-deno.ts";
import type { Engine, EngineKind, EngineSetup } from "../engine/engine.ts";
import { EngineSandbox } from "../engine/engine-sandbox.ts";
import { badOption, unavailable } from "../engine/sandbox-errors.ts";
import { isolationProblem, launchIsolated } from "../isolation/index.ts";
import { scriptExtension } from "../javascript/guest-files.ts";
import { javascriptLanguage } from "../javascript/javascript-language.ts";
import { stepPreparer } from "../javascript/step-preparer.ts";
import { heapFlag, nodeMemory, v8ReservedBytes } from "../javascript/v8-memory.ts";

/** Options of {@link processSandbox}. */
export interface ProcessOptions {
  /** The Node that runs the code, an absolute path: 20.19 or later. Default: the one that runs this program. */
  nodePath?: string;
  /** The Deno that runs the code where there is no bubblewrap. Default: that of the package `deno`, or on the PATH. */
  denoPath?: string;
  /** What isolates the code. Default: bubblewrap where it can be had, else Deno. */
  isolation?: "bubblewrap" | "deno";
}

const sandbox = "process";

/**
 * Sandboxes of JavaScript and TypeScript in a process of their own, with nothing else in it. Runs at the speed of V8.
 *
 * On Linux it is Node in bubblewrap: no network, no environment, none of the machine's files but system libraries, an
 * empty `/tmp` in memory, no other processes in sight and no way to start one; memory, descriptors and file sizes are
 * limited, and system calls filtered. The code may use everything that Node has: inside there is nothing to reach.
 * Where there is no bubblewrap it is Deno without permissions, which has most of Node's modules. `fetch` is the host's
 * in both.
 *
 * Where neither can be had, `create` rejects with `SANDBOX_UNAVAILABLE` and says what to install. A run that must be
 * stopped while it computes costs the process, and with it the variables.
 */
export function processSandbox(options: ProcessOptions = {}): SandboxProvider {
  const { nodePath = process.execPath } = options;
  if (!isAbsolute(nodePath)) throw badOption(sandbox, `nodePath is "${nodePath}": it must be an absolute path`);
  const kind: EngineKind = {
    name: sandbox,
    language: "javascript",
    memory: nodeMemory,
    open: (setup) => open({ ...options, nodePath }, setup),
  };
  return {
    name: kind.name,
    language: kind.language,
    create: async (sandboxOptions: SandboxOptions = {}): Promise<Sandbox> => {
      stepPreparer.warmUp();
      return EngineSandbox.create(kind, sandboxOptions);
    },
  };
}

/** Why this machine cannot have the sandbox, with what to install; nothing when it can. */
export async function processProblem(options: ProcessOptions = {}): Promise<string | undefined> {
  const choice = await chooseIsolation(options);
  return "problem" in choice ? choice.problem : undefined;
}

async function open(options: ProcessOptions & { nodePath: string }, setup: EngineSetup): Promise<Engine> {
  const choice = await chooseIsolation(options);
  if ("problem" in choice) throw unavailable(sandbox, choice.problem);
  if (choice.isolation === "deno") return openDenoJavascript(sandbox, setup, options.denoPath);
  const channel = await launch(options.nodePath, setup);
  return ChannelEngine.create(channel, { sandbox, language: javascriptLanguage, setup });
}

type Choice = { isolation: NonNullable<ProcessOptions["isolation"]> } | { problem: string };

async function chooseIsolation({ isolation, denoPath }: ProcessOptions): Promise<Choice> {
  const problem = isolation === "deno" ? undefined : await isolationProblem();
  if (isolation !== "deno" && problem === undefined) return { isolation: "bubblewrap" };
  if (isolation === "bubblewrap" && problem !== undefined) return { problem };
  if ((denoPath ?? (await findDeno())) !== undefined) return { isolation: "deno" };
  const without = "there is no Deno";
  return {
    problem: `${problem === undefined ? without : `${problem} In its place Deno would do, but ${without}.`} ${denoHint}`,
  };
}

function launch(nodePath: string, { limits }: EngineSetup): Promise<GuestChannel> {
  const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  return launchIsolated({
    sandbox,
    command: [
      "/node",
      heapFlag(limits.memoryBytes),
      "--disable-warning=ExperimentalWarning",
      // For its modules, where Node is older than 22.15.
      "--experimental-vm-modules",
      `/guest/javascript/guest/node.${scriptExtension}`,
    ],
    binds: [
      { from: nodePath, to: "/node" },
      { from: at("../javascript/guest"), to: "/guest/javascript/guest" },
      { from: at("../quickjs/guest"), to: "/guest/quickjs/guest" },
      // Says that the guest's files are ES modules.
      { from: at(`../../../package.json`), to: "/guest/package.json" },
    ],
    memory: { dataBytes: v8ReservedBytes + 2 * limits.memoryBytes },
    maxMessageBytes: maxMessageBytes(limits),
  });
}
