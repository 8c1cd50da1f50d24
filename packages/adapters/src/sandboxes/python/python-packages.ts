import { existsSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { badOption } from "../engine/sandbox-errors.ts";
import type { HostBind } from "../isolation/isolated-command.ts";

/** Folders and wheels with third-party packages, as a guest finds them. */
export interface PythonPackages {
  binds: readonly HostBind[];
  /** What stands on `sys.path` inside. */
  path: readonly string[];
}

/**
 * Checks the places of packages.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS`
 */
export function pythonPackages(sandbox: string, places: readonly string[]): PythonPackages {
  const binds = places.map((place, index): HostBind => {
    const refuse = (why: string): Error => badOption(sandbox, `the packages at "${place}" cannot be used: ${why}`);
    if (!isAbsolute(place)) throw refuse("give an absolute path");
    const stats = statSync(place, { throwIfNoEntry: false });
    if (stats?.isDirectory()) return { from: siteFolder(place), to: `/packages/${index}` };
    if (!stats || !place.endsWith(".whl")) throw refuse("it is neither a folder nor a wheel (.whl)");
    // Compiled code cannot be loaded out of an archive; the name of a wheel tells whether it has any (PEP 427).
    if (!place.endsWith("-any.whl")) {
      throw refuse("a wheel with compiled code has to be unpacked: pip install --target FOLDER, and give the folder");
    }
    return { from: place, to: `/packages/${index}.whl` };
  });
  return { binds, path: binds.map(({ to }) => to) };
}

/** The folder of packages in a virtual environment; any other folder is one itself. */
function siteFolder(folder: string): string {
  if (!existsSync(join(folder, "pyvenv.cfg"))) return folder;
  const versions = join(folder, "lib");
  const version = existsSync(versions) ? readdirSync(versions).find((name) => name.startsWith("python3")) : undefined;
  return version === undefined ? folder : join(versions, version, "site-packages");
}
