import { writeFileSync } from "node:fs";
import { growthOf } from "./growth.ts";
import { pageTexts } from "./page-texts.ts";
import type { Report } from "./report.ts";
import type { Row } from "./row.ts";

/** Where the page is. */
export const pageUrl: URL = new URL("../../docs/benchmarks.md", import.meta.url);

/** Writes the page. */
export function writePage(reports: readonly Report[]): void {
  writeFileSync(pageUrl, benchmarksPage(reports));
}

/** The page about all benchmarks, from their results and from nothing else. */
export function benchmarksPage(reports: readonly Report[]): string {
  const order = Object.keys(pageTexts);
  const place = ({ name }: Report): number => (order.indexOf(name) === -1 ? order.length : order.indexOf(name));
  const sorted = [...reports].sort((one, other) => place(one) - place(other));
  return [
    "# Benchmarks",
    "This page is written by `npx -y pnpm@12 bench`, and by `npx -y pnpm@12 bench --write` from the results of earlier " +
      "runs in `bench/results`. Every figure on it is from there.",
    "Times are medians. What is compared is measured in turn in the same run, first one, then the other, and again, so " +
      "that a machine that changes its speed changes it for both. The ratio is ours divided by the peer's: below 1 is " +
      "less. Targets are what the project set out to reach; those that are missed stay here.",
    missedTargets(sorted),
    ...sorted.map(sectionOf),
  ]
    .join("\n\n")
    .concat("\n");
}

function missedTargets(reports: readonly Report[]): string {
  const aimed = reports.flatMap(({ name, rows }) =>
    rows.flatMap((row) => (row.target === null ? [] : [{ name, row }])),
  );
  const missed = aimed.filter(({ row }) => !row.met);
  const head = `Of ${aimed.length} targets, ${aimed.length - missed.length} are met.`;
  if (missed.length === 0) return head;
  const lines = missed.map(
    ({ name, row }) => `- ${titleOf(name)}: ${row.metric}, ${figure(row.ours, row.unit)}; aimed at: ${row.target}`,
  );
  return `${head} These are missed:\n\n${lines.join("\n")}`;
}

function titleOf(name: string): string {
  return pageTexts[name]?.title ?? name;
}

function sectionOf({ name, machine, date, rounds, libraries, rows }: Report): string {
  const text = pageTexts[name];
  const facts = [`${date.slice(0, 10)} on ${machine}`];
  if (rounds)
    facts.push(`medians of ${rounds.least === rounds.most ? rounds.most : `${rounds.least} to ${rounds.most}`} rounds`);
  return [
    `## ${titleOf(name)}`,
    ...(text ? [text.about] : []),
    `Measured ${facts.join(", ")}.`,
    tableOf(rows),
    ...growthTable(rows),
    ...(text?.reading === undefined ? [] : [text.reading]),
    ...librariesLine(libraries),
  ].join("\n\n");
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ metric, unit, ours, peer, peerName, ratio, target, met }) => [
    metric,
    figure(ours, unit),
    peer === null ? "" : `${figure(peer, unit)}, ${peerName ?? ""}`,
    ratio === null ? "" : `× ${ratio}`,
    target === null ? "" : `${target}: ${met ? "met" : "**missed**"}`,
  ]);
  return table(["what", "ours", "peer", "ratio", "target"], lines);
}

function growthTable(rows: readonly Row[]): string[] {
  const lines = growthOf(rows).map(({ metric, unit, points, power }) => [
    metric,
    points.map(({ input }) => grouped(input)).join(", "),
    points.map(({ cost }) => grouped(cost)).join(", ") + ` ${unit}`,
    `N to the power of ${power.toFixed(2)}`,
  ]);
  return lines.length === 0 ? [] : [`How it grows:\n\n${table(["what", "N", "cost", "grows with"], lines)}`];
}

function librariesLine(libraries: Readonly<Record<string, string>> = {}): string[] {
  const list = Object.entries(libraries).map(([name, version]) => `${name} ${version}`);
  return list.length === 0 ? [] : [`Libraries of this run: ${list.join(", ")}.`];
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [lineOf(head), lineOf(head.map(() => "---")), ...lines.map(lineOf)].join("\n");
}

function lineOf(cells: readonly string[]): string {
  return `|${cells.map((cell) => (cell === "" ? " " : ` ${cell.replaceAll("|", "\\|")} `)).join("|")}|`;
}

function figure(value: number, unit: string): string {
  return `${grouped(value)} ${unit}`;
}

function grouped(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
