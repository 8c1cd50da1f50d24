import { errorMessage } from "@smoltools/core";
import type { Finding, SandboxProbe } from "./sandbox-ability.ts";
import { packageVersion, programVersion } from "./versions.ts";

/** The sandboxes of this machine. Each is asked by what makes it whether it can be had: there is no second opinion. */
export const localProbes: readonly SandboxProbe[] = [
  {
    kind: "quickjs",
    languages: ["javascript"],
    examine: async () => {
      const { quickjs } = await import("@smoltools/adapters/sandboxes/quickjs");
      const found = { "quickjs-emscripten": await packageVersion("quickjs-emscripten-core") };
      try {
        await using _sandbox = await quickjs({ spareThreads: 0 }).create();
        return { found };
      } catch (error) {
        return { found, problem: errorMessage(error) };
      }
    },
  },
  {
    kind: "process",
    languages: ["javascript"],
    examine: async () => {
      const { processProblem } = await import("@smoltools/adapters/sandboxes/process");
      const problem = await processProblem();
      return (await isIsolated())
        ? { found: { bubblewrap: await programVersion("bwrap"), node: process.versions.node }, problem }
        : { found: { deno: await denoVersion() }, problem };
    },
  },
  {
    kind: "python",
    languages: ["python"],
    examine: async () => {
      const { pythonProblem } = await import("@smoltools/adapters/sandboxes/python");
      const problem = await pythonProblem();
      return (await isIsolated())
        ? { found: { bubblewrap: await programVersion("bwrap"), python: await programVersion("python3") }, problem }
        : { found: { deno: await denoVersion(), pyodide: await packageVersion("pyodide") }, problem };
    },
  },
  {
    kind: "docker",
    languages: ["javascript", "python"],
    examine: async (): Promise<Finding> => {
      const { dockerProblem } = await import("@smoltools/adapters/sandboxes/docker");
      const problem = await dockerProblem();
      if (problem !== undefined) return { found: {}, problem };
      return { found: { engine: await programVersion("docker", ["version", "--format", "{{.Server.Version}}"]) } };
    },
  },
];

/** Whether bubblewrap isolates programs here: where it does not, Deno stands in for it. */
async function isIsolated(): Promise<boolean> {
  const { processProblem } = await import("@smoltools/adapters/sandboxes/process");
  return (await processProblem({ isolation: "bubblewrap" })) === undefined;
}

async function denoVersion(): Promise<string | undefined> {
  return (await packageVersion("deno")) ?? (await programVersion("deno"));
}
