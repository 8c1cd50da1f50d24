import { Buffer } from "node:buffer";
import { defaultSandboxLimits, SandboxError, type SandboxLimits, type SandboxOptions } from "@smoltools/core";
import { encodeJson, NotEncodable } from "./encode-json.ts";
import type { EngineSetup, Variable } from "./protocol.ts";

/** QuickJS itself needs this much to start. */
const minMemoryBytes = 16 * 1024 * 1024;
const maxMemoryBytes = 2 ** 31;

const identifier = /^[A-Za-z_$][\w$]*$/;
const fixedNames: ReadonlySet<string> = new Set([
  "finalAnswer",
  "console",
  "globalThis",
  "undefined",
  "NaN",
  "Infinity",
  "__proto__",
]);

/**
 * Checks the options of a sandbox and puts them into the form that a worker takes.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS`
 */
export function engineSetup(options: SandboxOptions): EngineSetup {
  const limits = limitsFrom(options.limits ?? {});
  const functions = Object.keys(options.functions ?? {});
  for (const name of functions) checkName(name, "function");
  return {
    functions,
    modules: modulesFrom(options.modules ?? {}, limits),
    variables: encodeVariables(options.variables ?? {}, functions, limits),
    hasFetch: options.fetch !== undefined,
    limits,
    stop: new Int32Array(new SharedArrayBuffer(4)),
    stoodStillMs: new BigInt64Array(new SharedArrayBuffer(8)),
  };
}

/**
 * Global variables as a worker takes them.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` for names that cannot be variables and values that are no JSON.
 */
export function encodeVariables(
  variables: Readonly<Record<string, unknown>>,
  functions: readonly string[],
  { maxDepth }: SandboxLimits,
): Variable[] {
  return Object.entries(variables).map(([name, value]) => {
    checkName(name, "variable");
    if (functions.includes(name)) throw badOption(`"${name}" is both a function and a variable: rename one of them`);
    try {
      return [name, encodeJson(value, `the variable ${name}`, maxDepth)];
    } catch (error) {
      throw error instanceof NotEncodable ? badOption(error.message) : error;
    }
  });
}

/** An error about an option. */
export function badOption(message: string): SandboxError {
  return new SandboxError(message, { code: "SANDBOX_BAD_OPTIONS", data: { sandbox: "quickjs" } });
}

function limitsFrom(given: Partial<SandboxLimits>): SandboxLimits {
  const limits: SandboxLimits = { ...defaultSandboxLimits };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!isLimit(name))
      throw badOption(`there is no limit "${name}": the limits are ${Object.keys(limits).join(", ")}`);
    if (!Number.isSafeInteger(value) || value < 1)
      throw badOption(`${name} is ${value}: it must be a whole number above 0`);
    limits[name] = value;
  }
  const { memoryBytes } = limits;
  if (memoryBytes < minMemoryBytes || memoryBytes > maxMemoryBytes) {
    throw badOption(`memoryBytes is ${memoryBytes}: QuickJS takes from ${minMemoryBytes} to ${maxMemoryBytes} bytes`);
  }
  return limits;
}

function isLimit(name: string): name is keyof SandboxLimits {
  return Object.hasOwn(defaultSandboxLimits, name);
}

function modulesFrom(modules: Readonly<Record<string, string>>, limits: SandboxLimits): Record<string, string> {
  for (const [specifier, source] of Object.entries(modules)) {
    if (typeof source !== "string") throw badOption(`the module "${specifier}" has no source text`);
    const bytes = Buffer.byteLength(source);
    if (bytes > limits.maxSourceBytes) {
      throw badOption(
        `the module "${specifier}" is ${bytes} bytes long, more than ${limits.maxSourceBytes} (maxSourceBytes)`,
      );
    }
    if (source.includes("\0")) throw badOption(`the module "${specifier}" holds a NUL character: write it as \\0`);
  }
  return { ...modules };
}

function checkName(name: string, kind: string): void {
  if (!identifier.test(name) || fixedNames.has(name)) {
    throw badOption(`"${name}" cannot be the name of a ${kind}: use another identifier`);
  }
}
