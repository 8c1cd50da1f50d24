import type { LfsObject } from "../../hub-storage.ts";

const versionLine = "version https://git-lfs.github.com/spec/v1";

/** How many bytes a pointer has: no other file has to be read to tell that it is none. */
export const pointerSizes: Readonly<{ min: number; max: number }> = { min: 126, max: 160 };

/**
 * The file that stands in a git repository for a Git LFS object.
 *
 * Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
export function lfsPointer({ oid, size }: LfsObject): string {
  return `${versionLine}\noid sha256:${oid}\nsize ${size}\n`;
}

/** Reads such a file; `undefined` for one that is none. */
export function parseLfsPointer(text: string): LfsObject | undefined {
  const [, oid, size] =
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize (\d{1,16})\n$/.exec(text) ?? [];
  return oid === undefined || size === undefined ? undefined : { oid, size: Number(size) };
}
