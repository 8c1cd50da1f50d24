import type { CompletionNode } from "./completion-tree.ts";
import { flagsOf, lookups, placeWords } from "./posix-words.ts";
import { quoted } from "./quote.ts";

/**
 * A script for bash 3.2 and later, which needs no package of completions.
 *
 * `_smoltools_at` holds what can stand where, as one `case` over the words that name a command; the rest walks the
 * command line. bash breaks words at `=`, so `--role=read` comes as three.
 */
export function bashCompletion(nodes: readonly CompletionNode[]): string {
  return `# Completes smoltools in bash: eval "$(smoltools completion bash)"
${lookups(nodes, "commands='' options='' arguments=()", nodeCase)}

_smoltools_paths() {
  local path
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$2")
}

_smoltools_complete() {
  case "$1" in
    file) _smoltools_paths -f "$2" ;;
    folder) _smoltools_paths -d "$2" ;;
    none | '') ;;
    *) COMPREPLY=($(compgen -W "$1" -- "$2")) ;;
  esac
}

_smoltools() {
  local IFS=$' \\t\\n' current="\${COMP_WORDS[COMP_CWORD]}" path='' word='' value='' commands options arguments
  local -i count=0 ended=0 i
  COMPREPLY=()
  _smoltools_at ''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ $value != '' ]]; then
      [[ $word == '=' ]] || value=''
    elif ((ended)); then
      count+=1
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == -* ]]; then
      _smoltools_value "$path" "$word"
    elif [[ " $commands " == *" $word "* ]]; then
      path="\${path:+$path }$word"
      _smoltools_at "$path"
    else
      count+=1
    fi
  done
  [[ $current == '=' ]] && current=''
  if [[ $value != '' ]]; then
    _smoltools_complete "$value" "$current"
  elif [[ $current == -* ]] && ((!ended)); then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ $commands != '' ]]; then
    COMPREPLY=($(compgen -W "$commands" -- "$current"))
  elif ((\${#arguments[@]} > 0)); then
    ((count < \${#arguments[@]})) || count=\${#arguments[@]}-1
    _smoltools_complete "\${arguments[count]}" "$current"
  fi
}

complete -F _smoltools smoltools
`;
}

function nodeCase({ path, commands, options, arguments: places }: CompletionNode): string {
  const names = commands.map(({ name }) => name).join(" ");
  const flags = options.flatMap(flagsOf);
  const kinds = places.map((place) => quoted(placeWords(place))).join(" ");
  return `    ${quoted(path)}) commands=${quoted(names)} options=${quoted(flags.join(" "))} arguments=(${kinds}) ;;`;
}
