import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { LoadOptions } from "@smoltools/hub";
import { manifestName } from "@smoltools/hub";
import { isSourceName, projectSource } from "../project/project-source.ts";
import { localName } from "./local-name.ts";
import { temporaryPackage } from "./write-package.ts";

/** A package that a command line means, as a ref by which it can be loaded. */
export interface OpenTarget extends AsyncDisposable {
  ref: string;
  /** It was made of a source file for this time only. */
  isBuilt: boolean;
}

/**
 * Makes what a command line names ready to be loaded: a ref and the folder of a package are taken as they are; a source
 * file, or the folder of a project, is made a package, so that it runs exactly as it would once published.
 *
 * @param named - Call the package as it would be published: as its project says, else so. Without it, its name is one
 *   that nothing was ever granted to.
 * @throws UsageError for a file that is not there; what making a package throws.
 */
export async function openTarget(
  target: string,
  options: LoadOptions,
  named: { name: string } | undefined = undefined,
): Promise<OpenTarget> {
  const kind = await kindOf(target);
  if (kind === "ref") return { ref: target, isBuilt: false, [Symbol.asyncDispose]: async () => undefined };
  if (kind === "package") {
    // A name without a dot in front would be one of a hub.
    const ref = /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[A-Za-z]:)/.test(target) ? target : `./${target}`;
    return { ref, isBuilt: false, [Symbol.asyncDispose]: async () => undefined };
  }
  const { file, name } = await projectSource(target);
  const { sandbox, runtimes, signal } = options;
  // The compiler of schemas is most of what a command can load, and a ref needs none of it.
  const { buildPackage } = await import("./build-package.ts");
  const { packed } = await buildPackage(file, {
    ...(named ? { name: name ?? named.name } : { name: localName(file), version: "0.0.0" }),
    sandbox,
    ...(runtimes && { runtimes }),
    ...(signal && { signal }),
  });
  const folder = await temporaryPackage(packed.files);
  return { ref: folder.path, isBuilt: true, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

async function kindOf(target: string): Promise<"ref" | "package" | "source"> {
  const entry = await stat(target).catch(() => undefined);
  const isRepoName = /^[^./\\][^/\\]*\/[^/\\]+$/.test(target);
  if (entry?.isDirectory()) {
    if (existsSync(join(target, manifestName))) return isRepoName ? "ref" : "package";
    return isRepoName && !existsSync(join(target, "package.json")) ? "ref" : "source";
  }
  if (isSourceName(target) && (entry || !isRepoName)) return "source";
  return "ref";
}
