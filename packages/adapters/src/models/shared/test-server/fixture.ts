import { readFileSync } from "node:fs";

const folder = new URL("../../../../../../fixtures/openai/", import.meta.url);

/** The text of a file of fixtures/openai. */
export function fixture(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}
