import { expect, it } from "vitest";
import type { Conversion } from "../conversion.ts";
import { convertedReadme } from "./converted-readme.ts";
import { credentialText } from "../openapi/credential-variables.ts";

const hostile = "a`\n\n# Heading\n\n<img src=x>\u202e[b](http://c.example)";

const conversion: Conversion = {
  suggestedName: "a",
  description: hostile,
  source: { kind: "openapi", title: "A", version: "1", sha256: "a".repeat(64) },
  tools: [{ name: "act", description: hostile, inputSchema: { type: "object" }, body: "return 1;" }],
  permissions: { net: ["a.example"], env: [], run: [] },
  modules: {},
  imports: () => [],
  needs: [credentialText({ variable: "A_KEY", scheme: { name: hostile, type: "apiKey", scopes: [] } })],
  warnings: [],
};

it("says in words of what it was converted, and asks for an installation only where something is imported", () => {
  const text = convertedReadme(conversion, "acme/a");
  expect(text).toContain("converted from the OpenAPI document A 1 by `smoltools convert`");
  expect(text).not.toContain("npm install");
  expect(convertedReadme({ ...conversion, dependencies: { a: "1.0.0" } }, "acme/a")).toContain("`npm install`");
});

it("what a source says of itself is no heading, no HTML and no link of the README", () => {
  const lines = convertedReadme(conversion, "acme/a").split("\n");
  expect(lines.filter((line) => line.startsWith("#"))).toEqual([
    "# a",
    "## Where it comes from",
    "## What it needs",
    "## Publishing it",
  ]);
  // Outside of code, which shows everything as it is.
  const prose = lines.join("\n").replaceAll(/`[^`\n]*`/g, "");
  expect(prose).not.toMatch(/(?<!\\)[<[]|\u202e/);
});
