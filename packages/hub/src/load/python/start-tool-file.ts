import { checkDeclaration, errorMessage, type ToolOrigin } from "@smoltools/core";
import { openPythonEngine, type PythonEngine } from "../engine/python-engine.ts";
import { noRuntime, notInProcess, refuseHostPermissions } from "../engine/refuse-runtime.ts";
import { PackageError } from "../../errors/package-error.ts";
import { HubTool } from "../hub-tool.ts";
import type { LoadedPackage } from "../loaded-package.ts";
import type { LoadOptions } from "../load-options.ts";
import { PackageRuntime } from "../engine/package-runtime.ts";
import type { Manifest, ManifestTool } from "../../manifest/manifest.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import type { FetchedTool } from "./fetch-tool-file.ts";
import type { PythonFileTool } from "./python-runtime.ts";
import { toolFileError } from "./tool-file-error.ts";

/** What {@link startToolFile} starts. */
export type StartableToolFile = Pick<FetchedTool, "manifest" | "file" | "all" | "requirements">;

/**
 * Makes the tools of a file of Python that came without a manifest. What they declare is read in the sandbox in which
 * they will be called: nothing of the file runs on the host.
 *
 * @throws PackageError `TOOL_FILE_INVALID`, `RUNTIME_UNSUPPORTED`; SandboxError.
 */
export async function startToolFile(
  { manifest, file, all, requirements }: StartableToolFile,
  permissions: Permissions,
  origin: ToolOrigin,
  options: LoadOptions,
): Promise<LoadedPackage> {
  const { runtimes = {}, limits, env = process.env, signal } = options;
  if (options.trust === "in-process") throw notInProcess(manifest);
  refuseHostPermissions(manifest, permissions);
  const { python } = runtimes;
  if (!python) throw noRuntime(manifest);
  const source = new TextDecoder().decode(await file(manifest.entry));
  const open = (call: AbortSignal | undefined): Promise<PythonEngine> =>
    openPythonEngine({ runtime: python, source, permissions, limits, env, signal: call });
  const opened = await open(signal).catch(async (error: unknown) => {
    // That the requirements cannot be read as well must not hide what happened.
    const text = await requirements?.({ signal }).catch(() => "");
    throw toolFileError(error, { manifest, permissions, requirements: text ?? "" });
  });
  try {
    const tools = declared(opened.tools, manifest);
    const runtime = new PackageRuntime({
      sandbox: python.name,
      open,
      opened,
      maxConcurrency: options.maxConcurrency ?? 4,
    });
    return {
      manifest: { ...manifest, tools },
      permissions,
      tools: tools.map((declaration) => new HubTool(declaration, manifest.version, origin, runtime)),
      aliases: new Map(opened.tools.map(({ variable, name }) => [variable, name])),
      file,
      download: async () => (await all()).size,
      [Symbol.asyncDispose]: () => runtime.dispose(),
    };
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

/** The declarations of a file, one for each name. A class and an instance of it that the file makes are one tool. */
function declared(found: readonly PythonFileTool[], { name: source, entry }: Manifest): ManifestTool[] {
  const tools = new Map<string, ManifestTool>();
  for (const { name, description, inputSchema, outputSchema } of found) {
    const tool = { name, description, inputSchema, ...(outputSchema !== undefined && { outputSchema }) };
    try {
      checkDeclaration(tool);
    } catch (cause) {
      throw new PackageError(`${entry} of ${source} cannot be used: ${errorMessage(cause)}`, {
        code: "TOOL_FILE_INVALID",
        data: { source },
        cause,
      });
    }
    if (!tools.has(name)) tools.set(name, tool);
  }
  return [...tools.values()];
}
