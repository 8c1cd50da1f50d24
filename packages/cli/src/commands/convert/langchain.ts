import { resolve } from "node:path";
import type { CommandContext } from "../../cli/command.ts";
import { textOption } from "../../cli/line/option-values.ts";
import { UsageError } from "../../cli/errors/usage-error.ts";
import { convertLangchain } from "../../convert/langchain/convert-langchain.ts";
import { moduleTarget } from "../../convert/langchain/module-target.ts";
import { runConversion } from "../../convert/run-conversion.ts";

/** `smoltools convert langchain <module>[#<export>]` */
export async function run(context: CommandContext): Promise<void> {
  const [module = ""] = context.positionals;
  const isFile = moduleTarget(module).file !== undefined;
  const out = textOption(context, "out") ?? ".";
  if (isFile && context.values["out"] === undefined && context.values["update"] !== true) {
    throw new UsageError("Say where the project goes, for it imports the file from there: --out <folder>");
  }
  await runConversion(context, {
    kind: "langchain",
    title: module,
    options: ["options"],
    read: (options, { options: given }) =>
      convertLangchain(module, {
        ...options,
        ...(typeof given === "string" && { options: given }),
        folder: resolve(out),
      }),
  });
}
