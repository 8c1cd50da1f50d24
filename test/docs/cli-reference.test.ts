import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { cliReference } from "../../scripts/cli-reference/page.ts";

it("the page about the commands is what the commands say of themselves", () => {
  // node --conditions=@smoltools/source scripts/write-cli-reference.ts writes it anew.
  expect(readFileSync(new URL("../../docs/cli-reference.md", import.meta.url), "utf8")).toBe(cliReference());
});
