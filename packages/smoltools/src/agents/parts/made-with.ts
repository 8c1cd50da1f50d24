import type { SandboxProvider, Tool } from "@smoltools/core";
import type { SandboxRecord } from "@smoltools/hub";

/** A tool of smoltools itself, with the options that it was made with. */
export interface BuiltInTool {
  name: string;
  options: object;
}

const tools = new WeakMap<Tool, BuiltInTool>();
const sandboxes = new WeakMap<SandboxProvider, SandboxRecord>();

/** Remembers what a built-in tool was made with: tools themselves do not tell. */
export function rememberBuiltIn<T extends Tool>(tool: T, options: object): T {
  tools.set(tool, { name: tool.name, options });
  return tool;
}

/** What a tool of smoltools was made with; `undefined` for every other tool. */
export function builtInOf(tool: Tool): BuiltInTool | undefined {
  return tools.get(tool);
}

/** Remembers the record of which a sandbox was made. */
export function rememberSandbox(sandbox: SandboxProvider, record: SandboxRecord): SandboxProvider {
  sandboxes.set(sandbox, record);
  return sandbox;
}

/** The record of which a sandbox was made, if it was. */
export function sandboxRecordOf(sandbox: SandboxProvider): SandboxRecord | undefined {
  return sandboxes.get(sandbox);
}
