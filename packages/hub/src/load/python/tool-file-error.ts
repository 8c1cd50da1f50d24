import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { PackageError } from "../../errors/package-error.ts";
import type { Manifest } from "../../manifest/manifest.ts";
import type { Permissions } from "../../manifest/permissions.ts";
import { requirementNames } from "./requirement-names.ts";

/** What is known of a file that could not be loaded. */
export interface FailedToolFile {
  manifest: Manifest;
  permissions: Permissions;
  /** Text of the `requirements.txt` beside it. */
  requirements: string;
}

/** Modules that need a network to be there, as far as sandboxes have them at all. */
const webModules: ReadonlySet<string> = new Set(["requests"]);

/**
 * The error for a file of Python that cannot be loaded: what is wrong with it, what it needs, and how to give it that.
 * What is not the file's fault, such as a sandbox that cannot be had, stays what it is.
 */
export function toolFileError(error: unknown, failed: FailedToolFile): unknown {
  if (!isSmoltoolsError(error, "PYTHON_TOOL_INVALID")) return error;
  const { name, version, entry } = failed.manifest;
  const source = `${name}@${version}`;
  const message = errorMessage(error);
  const missing = /No module named '([\w.]+)'/.exec(message)?.[1]?.split(".")[0];
  const advice = missing === undefined ? "" : `. ${adviceFor(missing, failed)}`;
  return new PackageError(`${entry} of ${source} cannot be used: ${message}${advice}`, {
    code: "TOOL_FILE_INVALID",
    data: { source, ...(missing !== undefined && { missing }) },
    cause: error,
  });
}

function adviceFor(module: string, { permissions, requirements }: FailedToolFile): string {
  if (webModules.has(module) && permissions.net.length === 0) {
    return `It wants to reach the web: name the hosts that you let it reach, as in permissions: { net: ["api.example.com"] }`;
  }
  const names = requirementNames(requirements);
  const needs = names.length === 0 ? "" : ` It names as its requirements: ${names.join(", ")}.`;
  return `The sandbox has no module ${module}.${needs} Install them into a folder, and give it that: python({ packages: [folder] })`;
}
