import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { growthOf } from "./growth.ts";
import { benchmarksPage, pageUrl } from "./page.ts";
import { pageTexts } from "./page-texts.ts";
import { readReports, type Report } from "./report.ts";
import { row } from "./row.ts";

const report = (rows: Report["rows"]): Report => ({
  name: "new",
  machine: "a machine",
  date: "2026-11-21T10:00:00Z",
  rows,
});

describe("the page about benchmarks", () => {
  it("is what the results give: run `pnpm bench --write` where it is not", () => {
    expect(readFileSync(pageUrl, "utf8")).toBe(benchmarksPage(readReports()));
  });

  it("has a section for each result, and words for each", () => {
    const reports = readReports();
    expect(reports.map(({ name }) => name).sort()).toEqual(Object.keys(pageTexts).sort());
    const page = benchmarksPage(reports);
    for (const { title } of Object.values(pageTexts)) expect(page).toContain(`\n## ${title}\n`);
  });

  it("has no figures in its words", () => {
    for (const { about, reading = "" } of Object.values(pageTexts)) {
      const words = `${about}${reading}`.replaceAll(/o200k|GPT-4o|TypeScript 7/g, "");
      expect(words).not.toMatch(/\d/);
    }
  });

  it("counts the targets, and names those that are missed", () => {
    const target = { text: "at most 2 ms", met: ({ ours }: { ours: number }) => ours <= 2 };
    const page = benchmarksPage([
      report([row("fast", "ms", 1, undefined, target), row("slow", "ms", 3, undefined, target)]),
    ]);
    expect(page).toContain("Of 2 targets, 1 are met. These are missed:\n\n- new: slow, 3 ms; aimed at: at most 2 ms\n");
    expect(page).toContain("| fast | 1 ms | | | at most 2 ms: met |\n| slow | 3 ms | | | at most 2 ms: **missed** |");
  });

  it("says on what, with which libraries and how often was measured", () => {
    const page = benchmarksPage([{ ...report([]), rounds: { least: 3, most: 9 }, libraries: { ai: "7.0.173" } }]);
    expect(page).toContain("Measured 2026-11-21 on a machine, medians of 3 to 9 rounds.");
    expect(page).toContain("Libraries of this run: ai 7.0.173.");
  });
});

describe("growth", () => {
  it("is read from metrics that differ in one number", () => {
    const rows = [1, 10, 100].map((n) => row(`work on ${n} things of 5`, "ms", 2 * n));
    expect(growthOf(rows)).toEqual([
      {
        metric: "work on N things of 5",
        unit: "ms",
        points: [1, 10, 100].map((input) => ({ input, cost: 2 * input })),
        power: 1,
      },
    ]);
  });

  it("is not made of one figure, of other units or of numbers that are a part of a name", () => {
    const rows = [
      row("fib(20)", "ms", 1),
      row("fib(30)", "bytes", 1),
      row("sum to 3e6", "ms", 1),
      row("sum to 4e6", "ms", 2),
    ];
    expect(growthOf(rows)).toEqual([]);
  });
});
