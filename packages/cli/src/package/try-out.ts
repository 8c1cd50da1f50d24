import { isSmoltoolsError, type SandboxProvider } from "@smoltools/core";
import { type LoadOptions, PackageError, type PackageRuntimeKind } from "@smoltools/hub";

/** Where packages are tried out before they are published. */
export type TryOutOptions = Pick<LoadOptions, "sandbox" | "runtimes" | "signal">;

/** A bundle that is to be tried out. */
export interface TriedBundle {
  code: string;
  /** Modules of Node.js that it imports. */
  nodeModules: readonly string[];
  /** Names of the tools that it has to export. */
  tools: readonly string[];
}

/**
 * Loads a bundle where it will run: what it needs and does not get is found by its author, not by its users.
 *
 * @returns What it needs: `"js"` if a JavaScript engine will do, `"node"` if it takes modules or globals of Node.js.
 * @throws PackageError `RUNTIME_UNSUPPORTED` when it loads nowhere, or nowhere can be had.
 */
export async function tryOut(bundle: TriedBundle, options: TryOutOptions): Promise<PackageRuntimeKind> {
  const { sandbox, runtimes, signal } = options;
  if (bundle.nodeModules.length > 0) {
    const needs = `it imports ${bundle.nodeModules.join(", ")}`;
    const problem = await problemInNode(bundle, needs, runtimes?.node, signal);
    if (problem !== undefined) throw problem;
    return "node";
  }
  const problem = await problemIn(bundle, sandbox, signal);
  if (problem === undefined) return "js";
  // What is wrong everywhere is better told by the sandbox in which it was to run.
  const inNode = await problemInNode(bundle, "it needs more than JavaScript", runtimes?.node, signal);
  if (inNode === undefined) return "node";
  throw unsupported(sandbox.name, `The bundle does not load in the ${sandbox.name} sandbox: ${problem}`);
}

async function problemInNode(
  bundle: TriedBundle,
  needs: string,
  provider: SandboxProvider | undefined,
  signal: AbortSignal | undefined,
): Promise<PackageError | undefined> {
  if (!provider) return unsupported("node", `No sandbox with Node.js was named, and ${needs}`);
  const { nodeModules } = bundle;
  try {
    const problem = await problemIn(bundle, provider, signal);
    if (problem === undefined) return undefined;
    const way = "do without these parts of the library, or serve the tools as an MCP server";
    const wants = nodeModules.length > 0 ? `\nIt imports ${nodeModules.join(", ")}: ${way}` : "";
    return unsupported(provider.name, `The bundle does not load in the ${provider.name} sandbox: ${problem}${wants}`);
  } catch (error) {
    if (!isSmoltoolsError(error, "SANDBOX_UNAVAILABLE")) throw error;
    const why = `The bundle has to be tried out in a sandbox with Node.js before it is published, because ${needs}`;
    return unsupported(provider.name, `${why}. ${error.message}`, error);
  }
}

async function problemIn(
  { code, tools }: TriedBundle,
  provider: SandboxProvider,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  await using sandbox = await provider.create({ modules: { package: code }, ...(signal && { signal }) });
  const script = `const { tools } = await import("package"); return ${JSON.stringify(tools)}.filter((name) => typeof tools[name] !== "function")`;
  const { error, value } = await sandbox.run(script, signal ? { signal } : {});
  if (error) return `${error.name}: ${error.message}`;
  return Array.isArray(value) && value.length === 0 ? undefined : `it does not export ${String(value)}`;
}

function unsupported(sandbox: string, message: string, cause?: unknown): PackageError {
  return new PackageError(message, { code: "RUNTIME_UNSUPPORTED", data: { sandbox }, cause });
}
