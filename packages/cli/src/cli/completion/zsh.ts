import type { CompletedOption, CompletionNode } from "./completion-tree.ts";
import { flagsOf, lookups, placeWords } from "./posix-words.ts";
import { quoted } from "./quote.ts";

/** A script for zsh: to be evaluated, or a file \`_smoltools\` in a folder of \`$fpath\`. */
export function zshCompletion(nodes: readonly CompletionNode[]): string {
  return `#compdef smoltools
# Completes smoltools in zsh: eval "$(smoltools completion zsh)", behind compinit
${lookups(nodes, "commands=() options=() arguments=()", nodeCase)}

_smoltools_complete() {
  case "$1" in
    file) _files ;;
    folder) _files -/ ;;
    none) _message value ;;
    *) compadd -- \${=1} ;;
  esac
}

_smoltools() {
  local at='' word value=''
  local -a commands options arguments
  local -i count=0 ended=0 i
  _smoltools_at ''
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    if [[ -n $value ]]; then
      value=''
    elif ((ended)); then
      count+=1
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word == --*=* ]]; then
      continue
    elif [[ $word == -* ]]; then
      _smoltools_value "$at" "$word"
    elif ((\${commands[(I)$word:*]})); then
      at="\${at:+$at }$word"
      _smoltools_at "$at"
    else
      count+=1
    fi
  done
  if [[ -n $value ]]; then
    _smoltools_complete "$value"
  elif [[ $PREFIX == --*=* ]] && ((!ended)); then
    _smoltools_value "$at" "\${PREFIX%%=*}"
    compset -P '*='
    [[ -n $value ]] && _smoltools_complete "$value"
  elif [[ $PREFIX == -* ]] && ((!ended)); then
    _describe -o option options
  elif ((\${#commands} > 0)); then
    _describe command commands
  elif ((\${#arguments} > 0)); then
    ((count < \${#arguments})) || count=\${#arguments}-1
    _smoltools_complete "\${arguments[count + 1]}"
  fi
}

if [[ \${funcstack[1]} == _smoltools ]]; then
  _smoltools "$@"
else
  compdef _smoltools smoltools
fi
`;
}

function nodeCase({ path, commands, options, arguments: places }: CompletionNode): string {
  const names = commands.map(({ name, summary }) => quoted(`${name}:${summary}`));
  const flags = options.flatMap(described);
  const kinds = places.map((place) => quoted(placeWords(place)));
  return `    ${quoted(path)})
      commands=(${names.join(" ")})
      options=(${flags.join(" ")})
      arguments=(${kinds.join(" ")})
      ;;`;
}

function described(option: CompletedOption): string[] {
  return flagsOf(option).map((flag) => quoted(`${flag}:${option.help}`));
}
