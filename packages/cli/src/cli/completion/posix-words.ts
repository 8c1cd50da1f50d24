import type { Completion } from "../command.ts";
import type { CompletionNode } from "./completion-tree.ts";
import { quoted } from "./quote.ts";

/**
 * Two functions of bash and zsh: `_smoltools_at` sets what can stand behind the words of a command, `_smoltools_value`
 * what the value of one of its options is.
 *
 * @param none - Sets `commands`, `options` and `arguments` to nothing.
 * @param nodeCase - The arm of a `case` that sets them.
 */
export function lookups(
  nodes: readonly CompletionNode[],
  none: string,
  nodeCase: (node: CompletionNode) => string,
): string {
  return `_smoltools_at() {
  ${none}
  case "$1" in
${nodes.map(nodeCase).join("\n")}
  esac
}

_smoltools_value() {
  value=''
  case "$1 $2" in
${nodes.flatMap(valueArms).join("\n")}
  esac
}`;
}

function valueArms({ path, options }: CompletionNode): string[] {
  return options.flatMap(({ name, short, value }) => {
    if (value === undefined) return [];
    const flags = flagsOf({ name, short });
    return [`    ${flags.map((flag) => quoted(`${path} ${flag}`)).join(" | ")}) value=${quoted(placeWords(value))} ;;`];
  });
}

/** How an option is written: `--out`, `-o`. */
export function flagsOf({ name, short }: { name: string; short?: string | undefined }): string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}

/** What stands at a place as one text: `file`, or the words that can stand there. */
export function placeWords(place: Completion): string {
  return typeof place === "string" ? place : place.join(" ");
}
