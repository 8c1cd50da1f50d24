import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type JsonSchema, SchemaValidator } from "@smoltools/core";
import { beforeAll, describe, expect, it } from "vitest";
import { deriveFile, type DeriveResult } from "./index.ts";

const fixture = (name: string): string => fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));

let result: DeriveResult;
let samples: Record<string, { accepted: unknown[]; refused: unknown[]; output: unknown }>;

beforeAll(async () => {
  result = await deriveFile(fixture("twenty-tools.ts"));
  samples = JSON.parse(await readFile(fixture("derive/twenty-tools-samples.json"), "utf8"));
});

describe("the twenty tools", () => {
  it("derive without problems", () => {
    expect(result.problems).toEqual([]);
    expect(result.tools).toHaveLength(20);
  });

  it("have the schemas that were verified by hand", async () => {
    const verified = await readFile(fixture("derive/twenty-tools.json"), "utf8");
    expect(`${JSON.stringify(result.tools, null, 2)}\n`).toBe(verified);
  });

  it("have the same bytes with the full library", async () => {
    const full = await deriveFile(fixture("twenty-tools.ts"), { library: "full" });
    expect(JSON.stringify(full)).toBe(JSON.stringify(result));
  });

  it("accept what their functions accept, and refuse what they do not", () => {
    const wrong: string[] = [];
    const check = (schema: JsonSchema, value: unknown, isFit: boolean, name: string) => {
      const findings = new SchemaValidator(schema).findings(value);
      if ((findings.length === 0) !== isFit)
        wrong.push(`${name}: ${JSON.stringify(value)} ${JSON.stringify(findings)}`);
    };
    for (const { name, inputSchema, outputSchema = true } of result.tools) {
      const { accepted, refused, output } = samples[name] ?? { accepted: [], refused: [], output: undefined };
      expect([accepted.length, refused.length]).toEqual([2, 2]);
      for (const value of accepted) check(inputSchema, value, true, name);
      for (const value of refused) check(inputSchema, value, false, name);
      check(outputSchema, output, true, `${name}'s result`);
    }
    expect(wrong).toEqual([]);
  });
});
