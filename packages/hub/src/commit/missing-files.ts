import type { HubTreeEntry } from "../http/hub-client.ts";
import { gitBlobId, sha256 } from "../integrity/hash.ts";

/** The ids that a hub may have for a file: of the file itself, or of the pointer to a large one. */
function possibleIds(bytes: Uint8Array): string[] {
  // Source: Git LFS specification, "The Pointer".
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(bytes)}\nsize ${bytes.byteLength}\n`;
  return [gitBlobId(bytes), gitBlobId(Buffer.from(pointer))];
}

/** The files of these that a commit does not have, or has with another content. */
export function missingFiles(
  tree: readonly HubTreeEntry[],
  files: Iterable<readonly [path: string, bytes: Uint8Array]>,
): string[] {
  const present = new Map(tree.map(({ path, oid }) => [path, oid]));
  return [...files]
    .filter(([path, bytes]) => !possibleIds(bytes).includes(present.get(path) ?? ""))
    .map(([path]) => path);
}
