import { Buffer } from "node:buffer";
import {
  type CodeLanguage,
  defaultSandboxLimits,
  type HostFunction,
  type SandboxLimits,
  type SandboxOptions,
} from "@smoltools/core";
import { encodeJson, NotEncodable } from "./encode-json.ts";
import type { EngineKind, EngineSetup, Variable } from "./engine.ts";
import { isLimit } from "./is-limit.ts";
import { nameProblem } from "./names.ts";
import { badOption } from "./sandbox-errors.ts";

/**
 * Checks the options of a sandbox and puts them into the form that an engine takes.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS`
 */
export function engineSetup(kind: EngineKind, options: SandboxOptions): EngineSetup {
  const limits = limitsFrom(kind, options.limits ?? {});
  const functions = Object.entries(options.functions ?? {});
  const names = functions.map(([name]) => name);
  for (const name of names) checkName(kind, name, "function");
  return {
    functions: names,
    parameters: parametersOf(functions),
    modules: modulesFrom(kind, options.modules ?? {}, limits),
    variables: encodeVariables(kind, options.variables ?? {}, names, limits),
    hasFetch: options.fetch !== undefined,
    limits,
  };
}

/**
 * Global variables as an engine takes them.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` for names that cannot be variables and values that are no JSON.
 */
export function encodeVariables(
  kind: { name: string; language: CodeLanguage },
  variables: Readonly<Record<string, unknown>>,
  functions: readonly string[],
  { maxDepth }: SandboxLimits,
): Variable[] {
  return Object.entries(variables).map(([name, value]) => {
    checkName(kind, name, "variable");
    if (functions.includes(name)) {
      throw badOption(kind.name, `"${name}" is both a function and a variable: rename one of them`);
    }
    try {
      return [name, encodeJson(value, `the variable ${name}`, maxDepth)];
    } catch (error) {
      throw error instanceof NotEncodable ? badOption(kind.name, error.message) : error;
    }
  });
}

function limitsFrom({ name: sandbox, memory }: EngineKind, given: Partial<SandboxLimits>): SandboxLimits {
  const limits: SandboxLimits = { ...defaultSandboxLimits };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!isLimit(name)) {
      throw badOption(sandbox, `there is no limit "${name}": the limits are ${Object.keys(limits).join(", ")}`);
    }
    if (!Number.isSafeInteger(value) || value < 1) {
      throw badOption(sandbox, `${name} is ${value}: it must be a whole number above 0`);
    }
    limits[name] = value;
  }
  const { memoryBytes } = limits;
  if (memoryBytes < memory.least || memoryBytes > memory.most) {
    const range = `from ${memory.least} to ${memory.most} bytes`;
    throw badOption(sandbox, `memoryBytes is ${memoryBytes}: ${memory.reason} takes ${range}`);
  }
  return limits;
}

function parametersOf(functions: readonly [string, HostFunction][]): Record<string, readonly string[]> {
  return Object.fromEntries(
    functions.flatMap(([name, { parameters }]) => (parameters ? [[name, [...parameters]] as const] : [])),
  );
}

function modulesFrom(
  { name: sandbox, language }: EngineKind,
  modules: Readonly<Record<string, string>>,
  limits: SandboxLimits,
): Record<string, string> {
  const entries = Object.entries(modules);
  if (language !== "javascript" && entries.length > 0) {
    throw badOption(sandbox, "modules are for JavaScript: leave them out");
  }
  for (const [specifier, source] of entries) {
    if (typeof source !== "string") throw badOption(sandbox, `the module "${specifier}" has no source text`);
    const bytes = Buffer.byteLength(source);
    if (bytes > limits.maxSourceBytes) {
      const most = `${limits.maxSourceBytes} (maxSourceBytes)`;
      throw badOption(sandbox, `the module "${specifier}" is ${bytes} bytes long, more than ${most}`);
    }
    if (source.includes("\0")) {
      throw badOption(sandbox, `the module "${specifier}" holds a NUL character: write it as \\0`);
    }
  }
  return { ...modules };
}

function checkName(kind: { name: string; language: CodeLanguage }, name: string, what: string): void {
  const problem = nameProblem(name, kind.language);
  if (problem !== undefined) throw badOption(kind.name, `"${name}" cannot be the name of a ${what}: ${problem}`);
}
