import { PackageError } from "../../errors/package-error.ts";
import type { Manifest, PackageRuntime } from "../../manifest/manifest.ts";
import { sourceCommand } from "../../manifest/source-problem.ts";
import { noPermissions, type Permissions, permissionsText } from "../../manifest/permissions.ts";

const options: Readonly<Record<PackageRuntime, string>> = {
  js: "a sandbox of JavaScript as `sandbox`",
  node: "a sandbox with Node.js as `runtimes.node`, such as processSandbox()",
  python: "a runtime of Python as `runtimes.python`, such as smolagentsTools()",
};

/** The refusal of a package for which the caller has named no place to run. */
export function noRuntime({ name, version, runtime }: Manifest): PackageError {
  return refusal({ name, version, runtime }, `it needs the runtime "${runtime}": give ${options[runtime]}`);
}

/**
 * Refuses permissions that no sandbox can grant and hold a package to: files and programs of this machine.
 *
 * @throws PackageError `RUNTIME_UNSUPPORTED` that names them.
 */
export function refuseHostPermissions(manifest: Manifest, permissions: Permissions): void {
  const { read, write } = permissions;
  // The program that a package was converted from is started by the host, not by the package's code.
  const run = permissions.run.filter((line) => line !== sourceCommand(manifest.source));
  const host = { ...noPermissions(), read, write, run };
  if (read.length + write.length + run.length === 0) return;
  const inProcess = manifest.runtime === "python" ? "" : ". If you trust its code like your own, see `trust`";
  throw refusal(manifest, `it needs ${permissionsText(host)}, which no sandbox gives${inProcess}`);
}

/** The refusal to run something of Python in this process. */
export function notInProcess(manifest: Manifest): PackageError {
  return refusal(manifest, "it is written in Python, which does not run in this process");
}

function refusal(
  { name, version, runtime }: Pick<Manifest, "name" | "version" | "runtime">,
  why: string,
): PackageError {
  const source = `${name}@${version}`;
  return new PackageError(`${source} cannot run here: ${why}`, {
    code: "RUNTIME_UNSUPPORTED",
    data: { source, runtime },
  });
}
