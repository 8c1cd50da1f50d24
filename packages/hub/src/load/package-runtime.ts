import {
  type RunError,
  type RunResult,
  type Sandbox,
  SandboxError,
  type SandboxLimits,
  type SandboxProvider,
  ToolExecutionError,
  type ToolExecutionErrorCode,
} from "@smoltools/core";
import type { PermissionError } from "../errors/permission-error.ts";
import type { Permissions } from "../manifest/permissions.ts";
import { hostFetch } from "../permissions/fetch/host-fetch.ts";
import { Semaphore } from "../shared/semaphore.ts";

/** How a loaded package runs. */
export interface PackageRuntimeOptions {
  sandbox: SandboxProvider;
  /** The package's bundle; read when the first call needs it. */
  code: () => Promise<string>;
  permissions: Permissions;
  limits?: Partial<SandboxLimits> | undefined;
  /** Most calls that run at the same time, each in a sandbox of its own. */
  maxConcurrency: number;
  /** Values of the environment variables that the package may read. */
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the tools of one package, in sandboxes that hold exactly what the package was granted.
 *
 * A sandbox does one call at a time; calls that come together get sandboxes of their own, up to a limit, and then
 * wait. What a tool keeps in its module is therefore not shared by all its calls.
 */
export class PackageRuntime implements AsyncDisposable {
  readonly #options: PackageRuntimeOptions;
  readonly #idle: Sandbox[] = [];
  readonly #all = new Set<Sandbox>();
  readonly #denials = new WeakMap<Sandbox, PermissionError>();
  readonly #slots: Semaphore;
  #disposed = false;

  constructor(options: PackageRuntimeOptions) {
    this.#options = options;
    this.#slots = new Semaphore(options.maxConcurrency);
  }

  /**
   * Calls a tool.
   *
   * @throws ToolExecutionError that says by its code why there is no result.
   * @throws SandboxError `SANDBOX_DISPOSED` after {@link dispose}.
   */
  call(tool: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#slots.run(async () => {
      if (this.#disposed) {
        throw new SandboxError("The package was disposed: load it again", {
          code: "SANDBOX_DISPOSED",
          data: { sandbox: this.#options.sandbox.name },
        });
      }
      const sandbox = this.#idle.pop() ?? (await this.#create());
      let reusable = false;
      try {
        const result = await this.#run(sandbox, tool, input, signal);
        // What ran into a limit may have left its module in any state.
        reusable = result.error === undefined || result.error.code === "SANDBOX_EXCEPTION";
        return this.#outcome(tool, sandbox, result);
      } finally {
        if (reusable && !this.#disposed) this.#idle.push(sandbox);
        else await this.#drop(sandbox);
      }
    }, signal);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#all].map((sandbox) => this.#drop(sandbox)));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #run(sandbox: Sandbox, tool: string, input: unknown, signal: AbortSignal | undefined): Promise<RunResult> {
    this.#denials.delete(sandbox);
    const call = `return await (await import("package")).tools[${JSON.stringify(tool)}](input)`;
    return sandbox.run(call, { variables: { input }, ...(signal && { signal }) });
  }

  #outcome(tool: string, sandbox: Sandbox, { value, error }: RunResult): unknown {
    if (!error) return value === undefined ? null : value;
    const denial = error.code === "SANDBOX_EXCEPTION" ? this.#denials.get(sandbox) : undefined;
    throw new ToolExecutionError(`${tool} failed: ${denial?.message ?? error.message}`, {
      code: denial ? "TOOL_PERMISSION_DENIED" : (codes[error.code] ?? "TOOL_FAILED"),
      data: { tool },
      cause: denial ?? error,
    });
  }

  async #create(): Promise<Sandbox> {
    const { code, permissions, limits, env } = this.#options;
    const denied: { by?: Sandbox } = {};
    const sandbox = await this.#options.sandbox.create({
      modules: { package: await code() },
      variables: { process: { env: granted(permissions.env, env) } },
      fetch: hostFetch({
        hosts: permissions.net,
        onDenied: (error) => denied.by && this.#denials.set(denied.by, error),
      }),
      ...(limits && { limits }),
    });
    denied.by = sandbox;
    this.#all.add(sandbox);
    return sandbox;
  }

  async #drop(sandbox: Sandbox): Promise<void> {
    this.#all.delete(sandbox);
    await sandbox.dispose();
  }
}

function granted(names: readonly string[], env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = names.map((name): [string, string | undefined] => [name, env[name]]);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const codes: Partial<Record<RunError["code"], ToolExecutionErrorCode>> = {
  SANDBOX_TIMEOUT: "TOOL_TIMEOUT",
  SANDBOX_MEMORY: "TOOL_OUT_OF_MEMORY",
  SANDBOX_STACK: "TOOL_OUT_OF_MEMORY",
  SANDBOX_LIMIT: "TOOL_LIMIT",
  SANDBOX_CRASH: "TOOL_CRASHED",
};
