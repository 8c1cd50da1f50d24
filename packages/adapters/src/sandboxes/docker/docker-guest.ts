import { Buffer } from "node:buffer";
import type { CodeLanguage, SandboxLimits } from "@smoltools/core";
import type { GuestLanguage } from "../channel/guest-language.ts";
import type { EngineKind } from "../engine/engine.ts";
import { memoryError } from "../engine/run-error.ts";
import { javascriptLanguage } from "../javascript/javascript-language.ts";
import { javascriptGuestFiles, nodeGuestStart } from "../javascript/guest-files.ts";
import { heapFlag, nodeMemory } from "../javascript/v8-memory.ts";
import { pythonGuestFiles, pythonGuestStart } from "../python/guest-files.ts";
import { pythonLanguage } from "../python/python-language.ts";
import { pythonRuntime } from "../python/python-runtime.ts";
import { guestFolder } from "./container-config.ts";
import { nodeBootstrap } from "./node-bootstrap.ts";
import { pythonBootstrap } from "./python-bootstrap.ts";

/** A guest that can be started in a container which has nothing of this package. */
export interface DockerGuest {
  language: GuestLanguage;
  memory: EngineKind["memory"];
  /** What must be in the image, for messages. */
  needs: string;
  /** Variables of the environment. */
  environment: Readonly<Record<string, string>>;
  /** What the runtime takes beside the values of the code, and what the code may write to `/tmp`. */
  overheadBytes: number;
  /** How much data each process may have, where the runtime copes with a refusal. */
  dataBytes?(limits: SandboxLimits): number;
  /** The guest's files: the first thing that the container reads from its standard input. */
  files(): Promise<Buffer>;
  /** What takes the files and starts the guest. @param bytes - Their length. */
  command(bytes: number, limits: SandboxLimits): string[];
}

const megabyte = 1024 * 1024;
/** How much longer than a run the event loop may stand still before a guest takes its host for dead. */
const hostGraceMs = 5000;

const javascript: DockerGuest = {
  language: killedForMemory(javascriptLanguage),
  memory: nodeMemory,
  needs: "Node 22.15 or later as node",
  environment: {},
  overheadBytes: 192 * megabyte,
  files: async () => asJson(await javascriptGuestFiles()),
  command: (bytes, { memoryBytes, timeoutMs }) => {
    const bootstrap = nodeBootstrap({ folder: guestFolder, bytes, blockedMs: timeoutMs + hostGraceMs });
    return [
      "node",
      heapFlag(memoryBytes),
      "--disable-warning=ExperimentalWarning",
      `--import=data:text/javascript,${encodeURIComponent(bootstrap)}`,
      `${guestFolder}/${nodeGuestStart}`,
      "stdio",
    ];
  },
};

const python: DockerGuest = {
  language: killedForMemory(pythonLanguage),
  memory: pythonRuntime.memory,
  needs: "Python 3.9 or later as python3",
  environment: pythonRuntime.environment,
  overheadBytes: pythonRuntime.ownBytes + 96 * megabyte,
  dataBytes: ({ memoryBytes }) => pythonRuntime.ownBytes + memoryBytes,
  files: async () => asJson(pythonGuestFiles()),
  command: (bytes) => {
    const { flags } = pythonRuntime;
    const command = [...flags, `${guestFolder}/${pythonGuestStart}`, "--stdio"];
    return ["python3", ...flags, "-c", pythonBootstrap({ folder: guestFolder, bytes, command })];
  },
};

/** What runs in the containers, by language. */
export const dockerGuests: Readonly<Record<CodeLanguage, DockerGuest>> = { javascript, python };

/** A container that takes more memory than it may is killed by the kernel, without a word. */
function killedForMemory(language: GuestLanguage): GuestLanguage {
  return {
    ...language,
    exitError: (exit, limits) =>
      language.exitError?.(exit, limits) ?? (exit.signal === "SIGKILL" ? memoryError(limits) : undefined),
  };
}

/** The files as the bootstrap takes them: the JSON of an object with their paths and texts. */
function asJson(files: ReadonlyMap<string, string>): Buffer {
  return Buffer.from(JSON.stringify(Object.fromEntries(files)));
}
