import type { Completion } from "../command.ts";
import type { CompletionNode } from "./completion-tree.ts";
import { quoted } from "./quote.ts";

/** The arms of a `case` over a command and one of its options, which say what the value of the option is. */
export function valueArms({ path, options }: CompletionNode): string[] {
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
