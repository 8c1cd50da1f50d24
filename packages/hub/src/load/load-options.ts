import type { SandboxLimits, SandboxProvider } from "@smoltools/core";
import type { PythonToolRuntime } from "./python/python-runtime.ts";
import type { StartMcpProgram } from "./engine/mcp-program.ts";
import type { OpenOptions } from "./open/open-options.ts";

/** Where packages run that need more than a JavaScript engine. */
export interface Runtimes {
  /** A sandbox in which code can import the modules of Node.js: for packages with `runtime: "node"`. */
  node?: SandboxProvider;
  /** For packages with `runtime: "python"`, and for tools that others published with smolagents. */
  python?: PythonToolRuntime;
}

/** Options of `loadPackage` and `loadTool`. */
export interface LoadOptions extends OpenOptions {
  /** Where the package's code runs, if it needs nothing but a JavaScript engine. */
  sandbox: SandboxProvider;
  /** Where it runs if it needs more. A package whose runtime is not here is refused. */
  runtimes?: Runtimes;
  /**
   * Whether to keep the package in a sandbox.
   *
   * **DANGER: `"in-process"` runs the package's code in your process, with all of your rights.** It can read and write
   * every file that you can, see every variable of the environment, every secret in memory, send anything anywhere,
   * start programs, and change what the rest of your program does. Nothing holds it to the permissions that it
   * declares; no limit of time or memory holds; a call that is aborted goes on. What is still checked is that the bytes
   * are those that were published and, with a lock file, those that you locked.
   *
   * Use it for packages of which you have read the code, or that you wrote, that need what no sandbox gives, such as
   * files. It counts for this one load: there is no way to say it for all packages. Packages of Python are refused.
   *
   * @default "sandbox"
   */
  trust?: "sandbox" | "in-process";
  /**
   * Starts the program that a package was converted from, an MCP server, **outside of the sandbox**. It is only asked
   * for a package whose command line was granted (`permissions: { run: ["npx -y …"] }`), and when a tool is called.
   * Without it such packages are refused.
   */
  mcp?: StartMcpProgram;
  /** Limits of the sandbox that differ from the default ones. */
  limits?: Partial<SandboxLimits>;
  /** Most calls of the package's tools that run at the same time. @default 4 */
  maxConcurrency?: number;
}
