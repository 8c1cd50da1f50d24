import { type ToolDeclaration, type ToolPins, ToolSourceError } from "@smoltools/core";
import { declarationsFingerprint } from "../integrity/manifest-integrity.ts";
import { LockFile } from "./lock-file.ts";

/**
 * Keeps in a lock file what tools of MCP servers and other sources declare, so that one that changes them is noticed.
 *
 * @param path - Of the lock file; it is made when the first source is pinned.
 */
export function lockedTools(path: string): ToolPins {
  const lockFile = new LockFile(path);
  return {
    async check(source, tools) {
      const wrong = [source, ...tools.map(({ name }) => name)].find((name) => name === "__proto__");
      if (wrong !== undefined) {
        throw new ToolSourceError(`${source} cannot be kept in ${path}: ${wrong} is no name in a lock file`, {
          code: "SOURCE_TOOL_INVALID",
          data: { source },
        });
      }
      const fingerprints = Object.fromEntries(tools.map((tool) => [tool.name, fingerprint(tool)]));
      const changed = await lockFile.pin(source, fingerprints);
      if (changed.length === 0) return;
      throw new ToolSourceError(
        `${source} declares ${changed.join(", ")} in another way than when ${path} was written. Look at what it says ` +
          `now; if it is right, forget what it said before: smoltools remove ${JSON.stringify(source)}`,
        { code: "SOURCE_TOOLS_CHANGED", data: { source, tools: changed } },
      );
    },
  };
}

/** All that a model is told of a tool, and what people are told it does. */
function fingerprint({ name, description, inputSchema, outputSchema, annotations }: ToolDeclaration): string {
  const declared = { name, description, inputSchema, outputSchema, annotations };
  return declarationsFingerprint([
    Object.fromEntries(Object.entries(declared).filter(([, part]) => part !== undefined)),
  ]);
}
