import type { CommandContext } from "../cli/command.ts";
import { bashCompletion } from "../cli/completion/bash.ts";
import { completionTree } from "../cli/completion/completion-tree.ts";
import { fishCompletion } from "../cli/completion/fish.ts";
import { zshCompletion } from "../cli/completion/zsh.ts";
import { UsageError } from "../cli/errors/usage-error.ts";
import { commands } from "./index.ts";

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `smoltools completion <bash|zsh|fish>` */
export function run({ positionals: [shell = ""], out }: CommandContext): Promise<void> {
  const name = (Object.keys(shells) as (keyof typeof shells)[]).find((each) => each === shell);
  if (!name) throw new UsageError(`"${shell}" is no shell: use ${Object.keys(shells).join(", ")}`);
  const script = shells[name](completionTree(commands));
  if (out.json) out.result({ shell, script });
  else out.raw(script);
  return Promise.resolve();
}
