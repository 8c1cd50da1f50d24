import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type } from "node:os";
import type { Row } from "./row.ts";

/** What a benchmark leaves behind. */
interface Report {
  name: string;
  machine: string;
  date: string;
  rows: Row[];
}

/** The machine that the figures are of. */
function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${cpus().length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}, Node.js ${process.version}`;
}

/** Prints a report as a table and writes it to `bench/results/<name>.json`. */
export function publish(name: string, rows: Row[]): void {
  const report: Report = { name, machine: machine(), date: new Date().toISOString(), rows };
  const folder = new URL("../results/", import.meta.url);
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
