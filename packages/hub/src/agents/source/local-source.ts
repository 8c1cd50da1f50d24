import { resolve } from "node:path";
import type { ReadFile } from "../../load/local/local-package.ts";
import { readInside } from "../../load/local/read-inside.ts";
import { tooLarge } from "../../manifest/check-files.ts";
import type { AgentSource } from "./agent-source.ts";

/** An agent in a folder of this machine. Links in it are not followed. */
export function folderSource(path: string): AgentSource {
  const folder = resolve(path);
  return localSource(path, (name, maxBytes) => readInside(folder, name, maxBytes));
}

/** An agent whose files lie in memory, such as those of an archive. */
export function mapSource(name: string, files: ReadonlyMap<string, Uint8Array>): AgentSource {
  return localSource(name, async (path) => files.get(path));
}

function localSource(name: string, read: ReadFile): AgentSource {
  return {
    name,
    read: async (path, maxBytes, check) => {
      const bytes = await read(path, maxBytes);
      if (!bytes) return undefined;
      if (bytes.byteLength > maxBytes) throw tooLarge(`${path} of ${name}`, bytes.byteLength, maxBytes);
      return check(bytes);
    },
  };
}
