import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const text = readFileSync(new URL("../../docs/guide/agent-command.md", import.meta.url), "utf8");
const page = text.slice(text.indexOf("| `step-start`"));
const source = readFileSync(new URL("../../packages/core/src/agents/events.ts", import.meta.url), "utf8");

it("the page about the agent command has every event once, and no other but that of a failure", () => {
  const documented = [...page.matchAll(/^\| `([a-z-]+)` \| /gm)].map(([, type = ""]) => type);
  const declared = [...source.matchAll(/type: "([a-z-]+)"/g)].map(([, type = ""]) => type);
  expect(documented.sort()).toEqual([...declared, "error"].sort());
});
