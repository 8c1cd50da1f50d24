import type { ToolAnnotations } from "@smoltools/core";
import { isRecord } from "../json-access.ts";

const hints = ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"] as const;

/**
 * The annotations that another framework's tool declares, as an option of `tool()`: nothing where there are none.
 *
 * A tool that is not called here what it is called there keeps that name as its title, unless it has one.
 *
 * @param declared - Whatever stands where annotations would.
 */
export function declaredAnnotations(
  declared: unknown,
  original: string,
  name: string,
): { annotations?: ToolAnnotations } {
  const annotations: ToolAnnotations = {};
  const given = isRecord(declared) ? declared : {};
  if (typeof given["title"] === "string") annotations.title = given["title"];
  else if (original !== name) annotations.title = original;
  for (const hint of hints) {
    const value = given[hint];
    if (typeof value === "boolean") annotations[hint] = value;
  }
  return Object.keys(annotations).length > 0 ? { annotations } : {};
}
