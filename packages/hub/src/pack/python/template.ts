import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The files that packages are made of besides their generated parts: programs of other languages. */
export type TemplateName = "app.py" | "run-tool.mjs" | "tool-methods.py";

const folder = new URL("../../../src/pack/python/templates/", import.meta.url);
const known = new Map<TemplateName, string>();

/** The text of a template. The package ships its sources: the same path leads there from `src` and from `dist`. */
export function template(name: TemplateName): string {
  const text = known.get(name) ?? readFileSync(fileURLToPath(new URL(name, folder)), "utf8").replaceAll("\r\n", "\n");
  known.set(name, text);
  return text;
}
