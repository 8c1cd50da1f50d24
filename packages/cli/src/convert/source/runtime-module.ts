import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Modules that become part of converted packages: plain JavaScript that imports nothing but each other. */
export type RuntimeModule =
  | "bounded-fetch.js"
  | "event-stream.js"
  | "gradio-client.js"
  | "gradio-files.js"
  | "mcp-client.js"
  | "mcp-program.js"
  | "mcp-result.js"
  | "mcp-session.js"
  | "media.js";

/** The package ships its sources: the same path leads there from `src` and from `dist`. */
const folder = new URL("../../../src/convert/runtime/", import.meta.url);

/** The modules by their names: as files of a project they lie beside each other, as here. */
export function runtimeModules(names: readonly RuntimeModule[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, textOf(name)]));
}

/** One of the modules, run by this program: a source is read with what will call it. */
export function loadRuntime(name: RuntimeModule): Promise<unknown> {
  return import(new URL(name, folder).href);
}

function textOf(name: RuntimeModule): string {
  return readFileSync(fileURLToPath(new URL(name, folder)), "utf8").replaceAll("\r\n", "\n");
}
