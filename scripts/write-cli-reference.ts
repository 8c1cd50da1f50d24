// Writes docs/cli-reference.md from the commands themselves.
// usage: node --conditions=@smoltools/source scripts/write-cli-reference.ts
import { writeFileSync } from "node:fs";
import { cliReference } from "./cli-reference/page.ts";

writeFileSync(new URL("../docs/cli-reference.md", import.meta.url), cliReference());
