import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GuestChannel } from "../channel/guest-channel.ts";
import { maxMessageBytes } from "../channel/message-size.ts";
import type { EngineSetup } from "../engine/engine.ts";
import { unavailable } from "../engine/sandbox-errors.ts";
import { type HostBind, isolationProblem, launchIsolated } from "../isolation/index.ts";
import { findPython, pythonHint, type PythonInstallation } from "./find-python.ts";
import { pythonGuestFolder, pythonGuestStart } from "./guest-files.ts";
import type { PythonPackages } from "./python-packages.ts";
import { pythonRuntime } from "./python-runtime.ts";

/** What is to run in CPython. */
export interface PythonCommand {
  /** Name of the sandbox, for errors. */
  sandbox: string;
  pythonPath?: string | undefined;
  packages: PythonPackages;
}

const megabyte = 1024 * 1024;
/**
 * What is taken besides the values of the code: by the interpreter with the stacks of some threads, and by libraries
 * such as numpy and pandas. Code and constants of libraries are addresses, but no data.
 *
 * The limit of data is the one that is felt. It knows nothing of memory that processes can share, addresses do.
 */
const ownBytes = { data: 96 * megabyte, addresses: 160 * megabyte };
const packagesBytes = { data: 128 * megabyte, addresses: 2048 * megabyte };
const guestFolder = "/guest";
/** Public data of the system that the standard library reads, and Debian's choice among libraries that packages need. */
const systemFolders = { always: ["/usr/share/zoneinfo"], withPackages: ["/etc/alternatives"] };

/** Why this machine cannot run CPython in isolation, and what to install; nothing when it can. */
export async function launchProblem(pythonPath?: string): Promise<string | undefined> {
  const problem = await isolationProblem();
  if (problem !== undefined) return problem;
  const python = await findPython(pythonPath);
  return "problem" in python ? `${python.problem}: ${pythonHint}` : undefined;
}

/**
 * Starts the guest in CPython, in isolation.
 *
 * @throws SandboxError `SANDBOX_UNAVAILABLE`
 */
export async function launchPython(
  { sandbox, pythonPath, packages }: PythonCommand,
  { limits }: EngineSetup,
): Promise<GuestChannel> {
  const python = await findPython(pythonPath);
  if ("problem" in python) throw unavailable(sandbox, `${python.problem}: ${pythonHint}`);
  const hasPackages = packages.binds.length > 0;
  const extra = hasPackages ? packagesBytes : { data: 0, addresses: 0 };
  return launchIsolated({
    sandbox,
    command: [python.executable, "-S", ...pythonRuntime.flags, `${guestFolder}/${pythonGuestStart}`],
    binds: [
      ...installationBinds(python),
      ...inPlace(systemFolders.always),
      ...(hasPackages ? inPlace(systemFolders.withPackages) : []),
      { from: pythonGuestFolder, to: guestFolder },
      ...packages.binds,
    ],
    environment: { HOME: "/tmp", ...pythonRuntime.environment },
    memory: {
      dataBytes: ownBytes.data + extra.data + limits.memoryBytes,
      addressSpaceBytes: ownBytes.addresses + extra.addresses + limits.memoryBytes,
    },
    maxMessageBytes: maxMessageBytes(limits),
  });
}

/** What of the machine the interpreter needs, and nothing that is installed besides. */
function installationBinds({ executable, library, sharedLibraries }: PythonInstallation): HostBind[] {
  const folders = library.filter((path) => !library.some((other) => path.startsWith(`${other}/`)));
  const isKnown = (path: string): boolean => isOfSystem(path) || folders.some((each) => path.startsWith(`${each}/`));
  const files = [executable, ...folders, ...sharedLibraries.filter((path) => !isKnown(path))];
  const hidden = inPlace(folders.map((path) => join(path, "site-packages")));
  return [...inPlace(files), ...hidden.map(({ to }) => ({ from: join(pythonGuestFolder, "shims"), to }))];
}

/** Things of the machine, if they are there, at the places where programs look for them. */
function inPlace(paths: readonly string[]): HostBind[] {
  return paths.filter((path) => existsSync(path)).map((path) => ({ from: path, to: path }));
}

/** Isolation shows the libraries of the system anyway. */
function isOfSystem(path: string): boolean {
  return /^(?:\/usr)?\/lib(?:64)?(?:\/[\w-]+-linux-gnu)?$/.test(dirname(path));
}
