import type { Completion } from "../command.ts";
import type { CompletedOption, CompletionNode } from "./completion-tree.ts";
import { flagsOf } from "./posix-words.ts";
import { fishQuoted } from "./quote.ts";

/**
 * A script for fish 3 and later.
 *
 * `__smoltools_at <words> [place]` is true where these words name the command, and the cursor is at that argument.
 */
export function fishCompletion(nodes: readonly CompletionNode[]): string {
  const paths = nodes.map(({ path }) => path).filter((path) => path !== "");
  const taking = nodes.flatMap(({ path, options }) =>
    options.flatMap(({ name, short, value }) => {
      if (value === undefined) return [];
      return flagsOf({ name, short }).map((flag) => `${path} ${flag}`);
    }),
  );
  return `# Completes smoltools in fish: smoltools completion fish > ~/.config/fish/completions/smoltools.fish
set -g __smoltools_paths ${paths.map(fishQuoted).join(" ")}
set -g __smoltools_taking ${taking.map(fishQuoted).join(" ")}

function __smoltools_at
    set -l path ''
    set -l count 0
    set -l skip 0
    set -l ended 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
        else if test $ended = 1
            set count (math $count + 1)
        else if test "$word" = --
            set ended 1
        else if string match -q -- '-*' "$word"
            contains -- "$path $word" $__smoltools_taking; and set skip 1
        else if contains -- (string trim -- "$path $word") $__smoltools_paths
            set path (string trim -- "$path $word")
        else
            set count (math $count + 1)
        end
    end
    test "$path" = "$argv[1]"; or return 1
    test (count $argv) = 1; and return 0
    string match -q -- '*+' $argv[2]; and test $count -ge (string trim -c + -- $argv[2]); and return 0
    test $count = "$argv[2]"
end

complete -c smoltools -f
${nodes.flatMap(linesOf).join("\n")}
`;
}

function linesOf({ path, commands, options, arguments: places }: CompletionNode): string[] {
  const at = `complete -c smoltools -n ${fishQuoted(`__smoltools_at ${fishQuoted(path)}`)}`;
  return [
    ...commands.map(({ name, summary }) => `${at} -a ${fishQuoted(name)} -d ${fishQuoted(summary)}`),
    ...options.map((option) => `${at} ${optionWords(option)}`),
    ...places.map((place, index) => {
      const number = index === places.length - 1 ? `${index}+` : String(index);
      const condition = fishQuoted(`__smoltools_at ${fishQuoted(path)} ${number}`);
      return `complete -c smoltools -n ${condition} ${valueWords(place)}`;
    }),
  ];
}

function optionWords({ name, short, help, value }: CompletedOption): string {
  const flags = `-l ${name}${short === undefined ? "" : ` -s ${short}`} -d ${fishQuoted(help)}`;
  return value === undefined ? flags : `${flags} -r ${valueWords(value)}`;
}

function valueWords(place: Completion): string {
  switch (place) {
    case "file":
      return "-F";
    case "folder":
      return "-f -a '(__fish_complete_directories (commandline -ct))'";
    case "none":
      return "-f";
    default:
      return `-f -a ${fishQuoted(place.join(" "))}`;
  }
}
