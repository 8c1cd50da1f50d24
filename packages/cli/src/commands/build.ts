import { permissionsText } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { packageFromSource } from "../package/package-to-push.ts";
import { writePackage } from "../package/write-package.ts";
import { showFiles } from "../package/show-changes.ts";
import { projectSource } from "../project/project-source.ts";

/** `smoltools build <file or folder> --out <dir>` */
export async function run(context: CommandContext): Promise<void> {
  const { positionals, out } = context;
  const source = await projectSource(positionals[0] ?? ".");
  const folder = textOption(context, "out");
  if (folder === undefined) throw new UsageError("Say where the package goes: --out package");
  const name = textOption(context, "name") ?? source.name;
  if (name === undefined) {
    throw new UsageError(
      `Nothing says what the package is called: --name owner/name, or "smoltools": { "name": "owner/name" } in package.json`,
    );
  }
  const { packed } = await out.progress(`Building ${name}`, () => packageFromSource(context, source.file, name));
  await writePackage(folder, packed.files);
  const { manifest, files } = packed;
  showFiles(
    out,
    [...files.keys()]
      .filter((path) => Object.hasOwn(manifest.files, path))
      .map((path) => entry(path, manifest.files[path])),
  );
  out.line(`permissions: ${permissionsText(manifest.permissions)}`);
  out.line(`integrity:   ${manifest.integrity}`);
  out.line(`${out.style("green", "built")} ${manifest.name} ${manifest.version} in ${folder}`);
  const { version, integrity } = manifest;
  out.result({ name, version, integrity, folder, files: manifest.files });
}

function entry(path: string, { size = 0, sha256 = "" }: { size?: number; sha256?: string } = {}) {
  return { path, size, sha256, mark: "new" as const };
}
