import type { CommandContext } from "../../cli/command.ts";
import { convertLangchain } from "../../convert/langchain/convert-langchain.ts";
import { runConversion } from "../../convert/run-conversion.ts";

/** `smoltools convert langchain <module>[#<export>]` */
export async function run(context: CommandContext): Promise<void> {
  const [module = ""] = context.positionals;
  await runConversion(context, {
    kind: "langchain",
    title: module,
    options: ["options"],
    read: (options, { options: given }) =>
      convertLangchain(module, { ...options, ...(typeof given === "string" && { options: given }) }),
  });
}
