import type { CommandContext } from "../../cli/command.ts";
import { convertOpenApi } from "../../convert/openapi/convert-openapi.ts";
import { shownAddress } from "../../convert/openapi/shown-address.ts";
import { runConversion } from "../../convert/run-conversion.ts";

/** `smoltools convert openapi <file or url>` */
export function run(context: CommandContext): Promise<void> {
  const [document = ""] = context.positionals;
  return runConversion(context, {
    kind: "openapi",
    title: shownAddress(document),
    options: ["operations", "server", "drop-bad-patterns"],
    read: (options, { operations, server, "drop-bad-patterns": dropsBadPatterns }) =>
      convertOpenApi(document, {
        ...options,
        ...(Array.isArray(operations) && { tools: operations }),
        ...(typeof server === "string" && { server }),
        dropsBadPatterns: dropsBadPatterns === true,
      }),
  });
}
