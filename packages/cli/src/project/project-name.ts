import { parseRef } from "@smoltools/hub";
import type { CommandContext } from "../cli/command.ts";
import { textOption } from "../cli/line/option-values.ts";
import { UsageError } from "../cli/errors/usage-error.ts";

/**
 * What a new package is called: by `--name`, else asked for, else the usual name with `--yes`.
 *
 * @param usual - `owner/name`.
 * @throws UsageError when nobody says it, or it is none.
 */
export async function projectName(context: CommandContext, usual: string): Promise<string> {
  const { prompts, values } = context;
  let name = textOption(context, "name");
  if (name === undefined && prompts) {
    name = await prompts.ask("Name of the package", { initial: usual, check: (text) => nameProblem(text) });
  }
  if (name === undefined && values["yes"] === true) name = usual;
  if (name === undefined)
    throw new UsageError("Say what the package is called: --name owner/name, or --yes for the defaults");
  const problem = nameProblem(name);
  if (problem !== undefined) throw new UsageError(`--name ${name}: ${problem}`);
  return name;
}

/** Why a package cannot be called so. */
function nameProblem(name: string): string | undefined {
  try {
    const ref = parseRef(name);
    return ref.kind === "hub" && ref.repo === name ? undefined : "write owner/name, such as acme/weather";
  } catch {
    return "write owner/name, such as acme/weather";
  }
}

/**
 * A text as the second half of a package's name: `wordCount` becomes `word-count`.
 *
 * @param otherwise - For a text without a letter or digit.
 */
export function nameSlug(text: string, otherwise: string = "tool"): string {
  return (
    text
      .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .slice(0, 60)
      .replace(/^-+|-+$/g, "")
      .toLowerCase() || otherwise
  );
}
