import { existsSync } from "node:fs";
import { type Archive, manifestName, packArchive, type PackedPackage, saveArchive } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { sandboxOptions } from "../cli/hub/load-options.ts";
import { textOption } from "../cli/line/option-values.ts";
import { packageOptions } from "../cli/hub/package-options.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { buildPackage } from "../package/build-package.ts";
import { warnings } from "../package/warnings.ts";

/** `smoltools pack <ref, folder or file>` */
export async function run(context: CommandContext): Promise<void> {
  const {
    positionals: [target = ""],
    out,
  } = context;
  // A repo may be called like a source file.
  const isSource = /\.(?:[cm]?[jt]sx?|py)$/.test(target) && existsSync(target);
  const archive = await out.progress(`Packing ${target}`, () =>
    isSource ? fromSource(context, target) : packArchive(target, packageOptions(context)),
  );
  const { main, dependencies } = archive;
  const path = textOption(context, "out") ?? `${main.name.replace("/", "-")}-${main.version}.tgz`;
  const bytes = await saveArchive(path, archive);
  out.line(`${out.style("green", "packed")} ${main.name} ${main.version} in ${path} (${bytes} bytes)`);
  for (const { name, version } of dependencies) out.line(`  with ${name} ${version}`);
  out.line(`integrity ${main.integrity}`);
  const packages = [main, ...dependencies].map(({ name, version, integrity }) => ({ name, version, integrity }));
  out.result({ path, bytes, packages });
}

async function fromSource(context: CommandContext, file: string): Promise<Archive> {
  const name = textOption(context, "name");
  if (name === undefined)
    throw new UsageError(`${file} is a source file: say what its package is called, --name owner/name`);
  const { sandbox, runtimes } = sandboxOptions(context);
  const built = await buildPackage(file, {
    name,
    version: textOption(context, "version"),
    sandbox,
    ...(runtimes && { runtimes }),
    signal: context.signal,
  });
  for (const text of await warnings(built.warnings)) context.out.note(text);
  return { main: partOf(built.packed), dependencies: [] };
}

function partOf({ manifest, files }: PackedPackage): Archive["main"] {
  const { name, version, integrity } = manifest;
  return { name, version, manifestName, files, integrity };
}
