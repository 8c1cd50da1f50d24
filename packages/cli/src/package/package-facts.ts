import { PackageError, type PackInput } from "@smoltools/hub";
import type { ProjectFiles } from "../project/project-files.ts";
import type { BuildOptions } from "./build-package.ts";

/** What of a package is known without its tools: the command line says it, else the files beside the source. */
export async function packageFacts(
  project: ProjectFiles,
  options: BuildOptions,
  tools: PackInput["tools"],
): Promise<Pick<PackInput, "name" | "version" | "description" | "license" | "keywords" | "notes" | "readme" | "sdk">> {
  const { name, version = project.version ?? "0.1.0", license = project.license, sdk } = options;
  if (!name.includes("/")) {
    throw new PackageError(`"${name}" names no owner: a package is named owner/name, here owner/${name}`, {
      code: "REF_INVALID",
      data: { name },
    });
  }
  const { keywords, readme } = project;
  const notes = await options.notes?.(version);
  return {
    name,
    version,
    description: options.description ?? project.description ?? tools[0]?.description ?? name,
    ...(license !== undefined && { license }),
    ...(keywords && { keywords }),
    ...(notes !== undefined && { notes }),
    ...(readme !== undefined && { readme }),
    ...(sdk && { sdk }),
  };
}
