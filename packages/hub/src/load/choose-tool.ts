import { PackageError } from "../errors/package-error.ts";
import { formatRef, type Ref } from "../ref/ref.ts";
import type { HubTool } from "./hub-tool.ts";
import type { LoadedPackage } from "./loaded-package.ts";

/**
 * The tool of a package that a ref means: the one that it names, or the only one.
 *
 * @throws PackageError `TOOL_NOT_FOUND` that lists the tools.
 */
export function chooseTool(loaded: Pick<LoadedPackage, "tools" | "manifest" | "aliases">, ref: Ref): HubTool {
  const { tools, manifest, aliases } = loaded;
  const named = (wanted: string | undefined) => tools.find(({ name }) => name === wanted);
  const chosen =
    ref.tool === undefined && tools.length === 1 ? tools[0] : (named(ref.tool) ?? named(aliases?.get(ref.tool ?? "")));
  if (chosen) return chosen;
  const names = tools.map(({ name }) => name).join(", ");
  throw new PackageError(
    ref.tool === undefined
      ? `${manifest.name} has ${tools.length} tools: name one, as in ${formatRef({ ...ref, tool: tools[0]?.name ?? "" })}. They are ${names}`
      : `${manifest.name} has no tool "${ref.tool}". It has ${names}`,
    { code: "TOOL_NOT_FOUND", data: { package: manifest.name, tools: names } },
  );
}
