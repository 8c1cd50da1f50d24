import { didYouMean } from "../../cli/line/suggest.ts";
import { ConvertError } from "../convert-error.ts";

/** Most names that an error lists. */
const maxNames = 20;

/**
 * The tools that were asked for, in the order of the source; all where none are named.
 *
 * @param source - Names the source in errors.
 * @param names - What the source calls its tools.
 * @param wanted - Names of those to take.
 * @throws ConvertError `CONVERT_TOOL_UNKNOWN` for one that the source does not have, `CONVERT_NO_TOOLS` when it has none.
 */
export function chooseTools(source: string, names: readonly string[], wanted: readonly string[] | undefined): string[] {
  if (names.length === 0) {
    throw new ConvertError(`${source} has no tools: there is nothing to convert`, {
      code: "CONVERT_NO_TOOLS",
      data: { source },
    });
  }
  const unknown = (wanted ?? []).filter((name) => !names.includes(name));
  const [first] = unknown;
  if (first === undefined) return names.filter((name) => wanted === undefined || wanted.includes(name));
  const shown = names.slice(0, maxNames).join(", ");
  const more = names.length > maxNames ? ` and ${names.length - maxNames} more` : "";
  throw new ConvertError(`${source} has no tool ${first}.${didYouMean(first, names)} It has ${shown}${more}`, {
    code: "CONVERT_TOOL_UNKNOWN",
    data: { source, tools: unknown },
  });
}
