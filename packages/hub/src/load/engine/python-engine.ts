import type { SandboxLimits } from "@smoltools/core";
import type { PermissionError } from "../../errors/permission-error.ts";
import { grantedEnv } from "./granted-env.ts";
import type { EngineOutcome, ToolEngine } from "./tool-engine.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import { hostFetch } from "../../permissions/fetch/host-fetch.ts";
import type { PythonFileTool, PythonToolFile, PythonToolRuntime } from "../python/python-runtime.ts";

/** How a file of Python runs. */
export interface PythonEngineOptions {
  runtime: PythonToolRuntime;
  source: string;
  permissions: Permissions;
  limits?: Partial<SandboxLimits> | undefined;
  /** The environment in which permitted variables are looked up. */
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
}

/** Opens a sandbox in which the file has exactly what it was granted. */
export async function openPythonEngine(options: PythonEngineOptions): Promise<PythonEngine> {
  const { runtime, source, permissions, limits, env, signal } = options;
  const denials: PermissionError[] = [];
  const file = await runtime.open(source, {
    // Modules such as requests are there only where there is a network to ask.
    ...(permissions.net.length > 0 && {
      fetch: hostFetch({
        hosts: permissions.net,
        // What the call may take, a request of it may take.
        timeoutMs: limits?.timeoutMs,
        onDenied: (error) => denials.push(error),
      }),
    }),
    env: grantedEnv(permissions.env, env),
    ...(limits && { limits }),
    ...(signal && { signal }),
  });
  return new PythonEngine(file, denials);
}

/** The tools of a file, by their names. */
export class PythonEngine implements ToolEngine {
  readonly #file: PythonToolFile;
  /** What was denied since the call began. */
  readonly #denials: PermissionError[];

  constructor(file: PythonToolFile, denials: PermissionError[]) {
    this.#file = file;
    this.#denials = denials;
  }

  get tools(): readonly PythonFileTool[] {
    return this.#file.tools;
  }

  async call(tool: string, input: unknown, signal: AbortSignal | undefined): Promise<EngineOutcome> {
    this.#denials.length = 0;
    const found = this.#file.tools.find(({ name }) => name === tool);
    if (!found) return { error: { code: "SANDBOX_EXCEPTION", message: `the file holds no tool "${tool}"` } };
    const inputs = { ...(input as Readonly<Record<string, unknown>>) };
    const { value, error } = await this.#file.call(found.variable, inputs, signal ? { signal } : {});
    return error ? { error, denial: this.#denials.at(-1) } : { value };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file[Symbol.asyncDispose]();
  }
}
