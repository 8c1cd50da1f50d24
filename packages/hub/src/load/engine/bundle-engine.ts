import {
  defaultSandboxLimits,
  type HostFunction,
  type Sandbox,
  type SandboxLimits,
  type SandboxProvider,
} from "@smoltools/core";
import type { PermissionError } from "../../errors/permission-error.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import { hostFetch } from "../../permissions/fetch/host-fetch.ts";
import { grantedEnv } from "./granted-env.ts";
import { withInlineMedia, withMedia } from "./media-values.ts";
import type { EngineOutcome, ToolEngine } from "./tool-engine.ts";

/** How a bundle of JavaScript runs. */
export interface BundleEngineOptions {
  sandbox: SandboxProvider;
  /** The package's bundle. */
  code: string;
  permissions: Permissions;
  limits?: Partial<SandboxLimits> | undefined;
  /** Functions of the host that the bundle may call. */
  functions?: Readonly<Record<string, HostFunction>> | undefined;
  /** The environment in which permitted variables are looked up. */
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
}

/** Opens a sandbox in which the bundle has exactly what the package was granted. */
export async function openBundleEngine(options: BundleEngineOptions): Promise<ToolEngine> {
  const { code, permissions, limits, functions, env, signal } = options;
  const denials: PermissionError[] = [];
  const sandbox = await options.sandbox.create({
    modules: { package: code },
    variables: { process: { env: grantedEnv(permissions.env, env) } },
    fetch: hostFetch({
      hosts: permissions.net,
      // What the call may take, a request of it may take.
      timeoutMs: limits?.timeoutMs,
      onDenied: (error) => denials.push(error),
    }),
    ...(functions && { functions }),
    ...(limits && { limits }),
    ...(signal && { signal }),
  });
  return new BundleEngine(sandbox, denials, limits?.maxResultBytes ?? defaultSandboxLimits.maxResultBytes);
}

class BundleEngine implements ToolEngine {
  readonly #sandbox: Sandbox;
  /** What was denied since the call began. */
  readonly #denials: PermissionError[];
  /** What the bundle is told of the call: how much it need not gather. */
  readonly #context: string;

  constructor(sandbox: Sandbox, denials: PermissionError[], maxResultBytes: number) {
    this.#sandbox = sandbox;
    this.#denials = denials;
    this.#context = JSON.stringify({ maxResultBytes });
  }

  async call(tool: string, input: unknown, signal: AbortSignal | undefined): Promise<EngineOutcome> {
    this.#denials.length = 0;
    const call = `return await (await import("package")).tools[${JSON.stringify(tool)}](input, ${this.#context})`;
    const variables = { input: await withInlineMedia(input, signal) };
    const { value, error } = await this.#sandbox.run(call, { variables, ...(signal && { signal }) });
    return error ? { error, denial: this.#denials.at(-1) } : { value: withMedia(value) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#sandbox.dispose();
  }
}
