import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackedPackage } from "@smoltools/hub";
import { type RawEntry, rawTgz } from "../../packages/hub/src/archive/test-support/raw-tar.ts";
import { packageOf } from "../flows/hub-fixture.ts";

/** A folder in which hostile archives are laid. */
export async function archiveFolder() {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-hostile-"));
  let count = 0;
  return {
    folder,
    /** Writes an archive of raw entries, and gives its path. */
    async write(entries: readonly RawEntry[] | Uint8Array): Promise<string> {
      const path = join(folder, `${count++}.tgz`);
      await writeFile(path, entries instanceof Uint8Array ? entries : rawTgz(entries));
      return path;
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The entries of a good archive, to put hostile ones beside them. */
export function goodEntries(packed: PackedPackage = packageOf("return 1")): RawEntry[] {
  const { name, version, integrity } = packed.manifest;
  const id = `${name}@${version}`;
  const index = { schemaVersion: 1, main: id, packages: { [id]: { manifest: "tool.json", integrity } } };
  return [
    { name: "bundle.json", content: JSON.stringify(index) },
    ...[...packed.files].map(([path, content]) => ({ name: `package/${path}`, content })),
  ];
}
