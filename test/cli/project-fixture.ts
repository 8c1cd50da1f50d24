import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A temporary folder. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "cli-project-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Puts the packages of this workspace where an installation of the project would put those of the registry. */
export async function linkPackages(project: string): Promise<void> {
  const modules = join(project, "node_modules");
  await mkdir(join(modules, "@smoltools"), { recursive: true });
  await symlink(join(root, "packages", "smoltools"), join(modules, "smoltools"));
  await symlink(join(root, "packages", "cli"), join(modules, "@smoltools", "cli"));
  await symlink(join(root, "node_modules", "typescript"), join(modules, "typescript"));
}
