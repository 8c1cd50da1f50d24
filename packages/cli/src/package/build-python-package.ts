import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { errorMessage } from "@smoltools/core";
import {
  hostFetch,
  PackageError,
  packPackage,
  permissionKinds,
  type Permissions,
  requirementNames,
} from "@smoltools/hub";
import type { BuildOptions, BuiltPackage } from "./build-package.ts";
import { readProjectFiles } from "../project/project-files.ts";
import { packageFacts } from "./package-facts.ts";

/** Largest file of Python that is taken for a tool, in bytes. */
const maxBytes = 1024 * 1024;

/**
 * Makes a package of a file of Python in the form of smolagents, which goes into it as it is. What its tools declare is
 * read in a sandbox; what they may do stands in comments: `# @permission net api.example.com`.
 *
 * @throws PackageError `TOOL_FILE_INVALID`, `RUNTIME_UNSUPPORTED`.
 */
export async function buildPythonPackage(file: string, options: BuildOptions): Promise<BuiltPackage> {
  const path = resolve(file);
  const bytes = await readToolFile(path, file);
  const requirements = await readFile(join(dirname(path), "requirements.txt"), "utf8").catch(() => "");
  const { runtimes, signal } = options;
  if (!runtimes?.python) throw refusal(file, "RUNTIME_UNSUPPORTED", "there is no sandbox of Python to try it out in");
  const source = new TextDecoder().decode(bytes);
  const permissions = permissionsIn(source);
  const { net } = permissions;
  const may = { ...(net.length > 0 && { fetch: hostFetch({ hosts: net }) }), ...(signal && { signal }) };
  const opened = await runtimes.python.open(source, may).catch((error: unknown) => {
    const needs = requirementNames(requirements);
    const names = needs.length > 0 ? `. It names as its requirements: ${needs.join(", ")}` : "";
    throw refusal(file, "TOOL_FILE_INVALID", `${errorMessage(error)}${names}`, error);
  });
  const tools = [...opened.tools];
  await opened[Symbol.asyncDispose]();
  const packed = packPackage({
    ...(await packageFacts(await readProjectFiles(path), options, tools)),
    tools,
    permissions,
    runtime: "python",
    code: bytes,
    sources: {},
    requirements: requirements === "" ? "smolagents" : requirements,
  });
  return { packed, warnings: [], bundleBytes: bytes.byteLength, derived: [], sources: [path] };
}

function permissionsIn(source: string): Permissions {
  const permissions: Permissions = { net: [], env: [], read: [], write: [], run: [] };
  for (const [, kind = "", value = ""] of source.matchAll(/^#[ \t]*@permission[ \t]+(\w+)[ \t]+(\S+)[ \t]*$/gm)) {
    if (isKind(kind)) permissions[kind].push(value);
  }
  return permissions;
}

function isKind(text: string): text is keyof Permissions {
  return permissionKinds.some((kind) => kind === text);
}

async function readToolFile(path: string, file: string): Promise<Uint8Array> {
  const entry = await stat(path).catch(() => undefined);
  if (!entry?.isFile()) throw refusal(file, "TOOL_FILE_INVALID", "there is no such file");
  if (entry.size > maxBytes) throw refusal(file, "TOOL_FILE_INVALID", `it has more than ${maxBytes} bytes`);
  return readFile(path);
}

function refusal(
  file: string,
  code: "RUNTIME_UNSUPPORTED" | "TOOL_FILE_INVALID",
  why: string,
  cause?: unknown,
): PackageError {
  return new PackageError(`${basename(file)} cannot be packed: ${why}`, {
    code,
    data: { file: basename(file) },
    cause,
  });
}
