import type {
  HostFunction,
  RunResult,
  Sandbox,
  SandboxOptions,
  SandboxProvider,
  SandboxRunOptions,
} from "@smoltools/core";
import type { EngineKind } from "../engine/engine.ts";
import { EngineSandbox } from "../engine/engine-sandbox.ts";
import { withInlineMedia, withMedia } from "./media-values.ts";

/**
 * A provider of sandboxes whose guest is that of this folder: media crosses the boundary with its bytes, in both
 * directions.
 */
export function pythonProvider(kind: EngineKind): SandboxProvider {
  return {
    name: kind.name,
    language: kind.language,
    create: async (options: SandboxOptions = {}) =>
      new PythonSandbox(await EngineSandbox.create(kind, optionsForGuest(options))),
  };
}

/** A sandbox whose values may hold media and bytes. */
class PythonSandbox implements Sandbox {
  readonly name: string;
  readonly language: Sandbox["language"];
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.name = sandbox.name;
    this.language = sandbox.language;
    this.#sandbox = sandbox;
  }

  async run(code: string, options: SandboxRunOptions = {}): Promise<RunResult> {
    const { variables } = options;
    const result = await this.#sandbox.run(code, { ...options, ...(variables && { variables: inlined(variables) }) });
    return {
      ...result,
      ...("value" in result && { value: withMedia(result.value) }),
      ...(result.finalAnswer && { finalAnswer: { value: withMedia(result.finalAnswer.value) } }),
    };
  }

  dispose(): Promise<void> {
    return this.#sandbox.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

function optionsForGuest(options: SandboxOptions): SandboxOptions {
  const { functions, variables } = options;
  return {
    ...options,
    ...(variables && { variables: inlined(variables) }),
    ...(functions && {
      functions: Object.fromEntries(Object.entries(functions).map(([name, work]) => [name, functionForGuest(work)])),
    }),
  };
}

function functionForGuest(work: HostFunction): HostFunction {
  const wrapped: HostFunction = async (args, call) => withInlineMedia(await work(args.map(withMedia), call));
  return work.parameters ? Object.assign(wrapped, { parameters: work.parameters }) : wrapped;
}

function inlined(variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, withInlineMedia(value)]));
}
