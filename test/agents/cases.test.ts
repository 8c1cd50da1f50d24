import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cases } from "./cases.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Numbers of the cases that names of tests end with, and the files in which they stand. */
async function numbersInTests(): Promise<Map<number, string[]>> {
  const files = glob(["packages/*/src/**/*.test.ts", "packages/core/src/testing/*-cases.ts", "test/**/*.test.ts"], {
    cwd: root,
    exclude: ["**/node_modules/**"],
  });
  const found = new Map<number, string[]>();
  for await (const file of files) {
    const text = await readFile(new URL(file, new URL("../../", import.meta.url)), "utf8");
    for (const [, number] of text.matchAll(/\(case (\d+)\)["'`]/g)) {
      const places = found.get(Number(number)) ?? [];
      found.set(Number(number), [...places, file]);
    }
  }
  return found;
}

describe("the cases", () => {
  it("have numbers that rise, each once", () => {
    const numbers = cases.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  });

  it("that are called tested each have a test that ends with the number", async () => {
    const found = await numbersInTests();
    const missing = cases.filter(({ number, where }) => where === "tested" && !found.has(number));
    expect(missing).toEqual([]);
  });

  it("that tests name are all in the list", async () => {
    const known = new Set(cases.map(({ number }) => number));
    const unknown = [...(await numbersInTests())].filter(([number]) => !known.has(number));
    expect(unknown).toEqual([]);
  });
});
