import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import { takeRuns } from "./measure.ts";
import type { Row } from "./row.ts";

/** What a benchmark leaves behind. */
export interface Report {
  name: string;
  machine: string;
  date: string;
  /** How often what is compared was measured in turn, least and most; absent where nothing was. */
  rounds?: { least: number; most: number };
  /** Versions of the libraries that it is compared with, or that it counts with. */
  libraries?: Record<string, string>;
  rows: Row[];
}

const folder = new URL("../results/", import.meta.url);

/** What all benchmarks have left behind, by name. */
export function readReports(): Report[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Report);
}

/** Versions of the libraries of the benchmarks: exact ones, as `package.json` pins them. */
function libraries(): Record<string, string> {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { devDependencies } = JSON.parse(text) as { devDependencies: Record<string, string> };
  return Object.fromEntries(Object.entries(devDependencies).filter(([, version]) => !version.startsWith("workspace:")));
}

/** The machine that the figures are of. */
function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node.js ${process.version}`;
}

/** Prints a report as a table and writes it to `bench/results/<name>.json`. */
export function publish(name: string, rows: Row[]): void {
  const rounds = takeRuns();
  const report: Report = {
    name,
    machine: machine(),
    date: new Date().toISOString(),
    ...(rounds && { rounds }),
    libraries: libraries(),
    rows,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${name} (${report.machine})`);
  const cells = [
    ["metric", "ours", "peer", "ratio", "peer is", "target"],
    ...rows.map((row) => [
      row.metric,
      `${row.ours} ${row.unit}`,
      row.peer === null ? "" : `${row.peer} ${row.unit}`,
      row.ratio === null ? "" : `× ${row.ratio}`,
      row.peerName ?? "",
      row.target === null ? "" : `${row.target} ${row.met ? "(met)" : "(MISSED)"}`,
    ]),
  ];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of cells)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
