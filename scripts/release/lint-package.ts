import { checkPackage } from "@arethetypeswrong/core";
import { problemKindInfo } from "@arethetypeswrong/core/problems";
import { readFile } from "node:fs/promises";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { PackedPackage } from "./pack-packages.ts";
import type { PackedFiles } from "./packed-files.ts";

/**
 * What publint and arethetypeswrong find in a package, one line each.
 *
 * The packages are ES modules for Node.js 20 and bundlers. So what arethetypeswrong says of `require` and of the module
 * resolution of Node.js 10 does not count.
 */
export async function lintPackage(packed: PackedPackage, { manifest, contents }: PackedFiles): Promise<string[]> {
  const tarball = await readFile(packed.tarball);
  const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength) as ArrayBuffer;
  const { messages } = await publint({ pack: { tarball: bytes }, strict: true });
  const entrypoints = packed.subpaths;
  const checked = await checkPackage(contents, { entrypoints });
  if (!checked.types) return [`${packed.name} declares no types`];
  const wrong = checked.problems.filter(
    (problem) => !("resolutionKind" in problem) || !["node10", "node16-cjs"].includes(problem.resolutionKind),
  );
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, manifest, { color: false }) ?? message.code}`),
    ...wrong.map(
      (problem) =>
        `arethetypeswrong: ${problemKindInfo[problem.kind].title} ${"entrypoint" in problem ? problem.entrypoint : ""}`,
    ),
  ];
}
