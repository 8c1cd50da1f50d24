import type { SandboxProvider } from "@smoltools/core";
import { ChannelEngine } from "../channel/channel-engine.ts";
import type { GuestExtras } from "../channel/messages.ts";
import type { Engine, EngineSetup } from "../engine/engine.ts";
import { badOption, unavailable } from "../engine/sandbox-errors.ts";
import { openPyodide, pyodideProblem } from "../pyodide/open-pyodide.ts";
import { defaultPythonImports } from "./default-imports.ts";
import { launchProblem, launchPython } from "./launch-python.ts";
import { pythonGuestFiles } from "./guest-files.ts";
import { pythonLanguage } from "./python-language.ts";
import { type PythonPackages, pythonPackages } from "./python-packages.ts";
import { pythonProvider } from "./python-provider.ts";
import { pythonRuntime } from "./python-runtime.ts";

/** Options of {@link python}. */
export interface PythonOptions {
  /**
   * Modules that the code may import. `"a"` allows `a`; `"a.b"` allows `a` and `a.b`; `"a.*"` allows `a` and all in it;
   * `"*"`, alone or in the list, allows every module that is there. Default: {@link defaultPythonImports}.
   *
   * This is a policy that tells a model early what is of no use here. It is **not** what keeps the code in: code finds
   * its way around it. What keeps it in is the process, in which there is nothing to reach.
   */
  imports?: readonly string[] | "*";
  /**
   * Where third-party packages are: absolute paths of `site-packages` folders, of virtual environments, or of wheels of
   * pure Python (`.whl`). The code sees them read-only and can import what `imports` allows, such as `"numpy.*"`. They
   * have to be made for the Python that runs.
   */
  packages?: readonly string[];
  /**
   * The Python that runs the code, 3.9 or later. Default: the first one on the `PATH` that is recent enough. There is no
   * Pyodide in place of one that is given.
   */
  pythonPath?: string;
  /** The Deno that runs Pyodide where there is no bubblewrap. Default: that of the package `deno`, or on the PATH. */
  denoPath?: string;
  /** What isolates the code. Default: bubblewrap where it and Python can be had, else Deno. */
  isolation?: "bubblewrap" | "deno";
}

const sandbox = "python";

/** Opens the guest in one of the ways that this machine has. */
type OpenGuest = (setup: EngineSetup, extras: GuestExtras) => Promise<Engine>;

/**
 * Sandboxes of Python, in a process of their own with nothing else in it.
 *
 * On Linux it is CPython in bubblewrap: no network, no environment, none of the machine's files but Python, system
 * libraries and time zones, an empty `/tmp` in memory, no other processes in sight and no way to start one; memory,
 * descriptors and file sizes are limited, and system calls filtered. Where there is no bubblewrap it is Pyodide in Deno
 * without permissions: slower, without threads and `packages`, and code that computes costs the variables when it is
 * stopped. `memoryBytes` counts what the code takes besides the interpreter.
 *
 * - Host functions are plain functions, `search("a", limit=3)`, which threads can call at the same time.
 *   `await search.aio("a")` waits without blocking: `await` works at the top level, all runs share one event loop.
 *   Arguments by name need the function's `parameters`; without them, they reach it as one object.
 * - `final_answer(value)` ends the code. It gets past `except Exception`.
 * - A run that is stopped, late or not, is interrupted: variables live on unless code cannot be interrupted.
 * - The value of a run is that of its last expression. Dates become ISO text; dataclasses, named tuples, enumerations and
 *   arrays of numpy what they hold; `Decimal`, `UUID` and paths text. A table of pandas becomes
 *   `{ columns: string[], records: Record<string, unknown>[], index?: unknown[] }`, a series a list, or an object by its
 *   labels; what is missing in them is `null`. Integers with more digits than a number of JSON keeps are text. What has
 *   no form in JSON is text as `print` shows it; as argument and final answer it is refused.
 * - Images of Pillow and figures of matplotlib become `MediaRef`s (PNG), `bytes` become `Uint8Array`: in values, final
 *   answers and arguments. Coming in, bytes become `bytes`, and images those of Pillow where `imports` allow `"PIL"` and
 *   it is there; else they stay `{"$media": "data:…", "kind": …, "mediaType": …}`. A `MediaRef` whose bytes are
 *   elsewhere comes in as what is known of it.
 * - With `fetch`, the code has `fetch(url, method=, headers=, body=)`, `urllib.request`, and a stand-in for `requests`.
 *
 * Where neither can be had, `create` rejects with `SANDBOX_UNAVAILABLE` and says what to install.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` when an option is wrong.
 */
export function python(options: PythonOptions = {}): SandboxProvider {
  const packages = pythonPackages(sandbox, options.packages ?? []);
  const imports = checkImports(options.imports ?? defaultPythonImports);
  return pythonProvider({
    name: sandbox,
    language: "python",
    memory: pythonRuntime.memory,
    open: async (setup) => {
      const choice = await chooseOpening(options, packages);
      if ("problem" in choice) throw unavailable(sandbox, choice.problem);
      return choice.open(setup, { imports, path: packages.path });
    },
  });
}

/** Why this machine cannot have the sandbox, with what to install; nothing when it can. */
export async function pythonProblem(options: PythonOptions = {}): Promise<string | undefined> {
  const choice = await chooseOpening(options, pythonPackages(sandbox, options.packages ?? []));
  return "problem" in choice ? choice.problem : undefined;
}

/** CPython in bubblewrap, or Pyodide in Deno where that is chosen or there is no other way. */
async function chooseOpening(
  { pythonPath, denoPath, isolation }: PythonOptions,
  packages: PythonPackages,
): Promise<{ open: OpenGuest } | { problem: string }> {
  const problem = isolation === "deno" ? undefined : await launchProblem(pythonPath);
  if (isolation !== "deno" && problem === undefined) {
    const open: OpenGuest = async (setup, extras) => {
      const channel = await launchPython({ sandbox, pythonPath, packages }, setup);
      return ChannelEngine.create(channel, { sandbox, language: pythonLanguage, setup, extras });
    };
    return { open };
  }
  const isChosen = isolation === "bubblewrap" || pythonPath !== undefined;
  if (isChosen && problem !== undefined) return { problem };
  const otherProblem = (await pyodideProblem(denoPath)) ?? packagesProblem(packages);
  if (otherProblem !== undefined) {
    return {
      problem: problem === undefined ? otherProblem : `${problem}. In its place Pyodide would do, but ${otherProblem}`,
    };
  }
  const files = pythonGuestFiles();
  return {
    open: (setup, extras) => openPyodide({ sandbox, language: pythonLanguage, setup, files, extras, denoPath }),
  };
}

function packagesProblem({ binds }: PythonPackages): string | undefined {
  return binds.length > 0 ? "packages of this machine cannot be used in Pyodide" : undefined;
}

function checkImports(imports: readonly string[] | "*"): readonly string[] | "*" {
  if (imports === "*") return imports;
  const wrong = imports.find((name) => !/^(?:\w+\.)*(?:\w+|\*)$/u.test(name));
  if (wrong !== undefined) {
    throw badOption(sandbox, `imports names "${wrong}": name modules such as "numpy", "numpy.*", or "*" for all`);
  }
  return [...imports];
}
