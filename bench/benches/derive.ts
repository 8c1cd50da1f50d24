import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleaved, median, medianRatio, rounds } from "../lib/measure.ts";
import { processTime } from "../lib/process-time.ts";
import { type Row, row, type Target } from "../lib/row.ts";
import { generateTools } from "./derive/generated-tools.ts";
import { programs } from "./derive/programs.ts";

/** How often each number of tools is derived: the more tools, the less the start of the process matters. */
const runsOf: readonly [tools: number, runs: number, target: Target | undefined][] = [
  [1, 9, { text: "at most half of the faster peer", met: ({ ratio }) => (ratio ?? 9) <= 0.5 }],
  [20, 7, undefined],
  [100, 5, undefined],
  [1000, 3, { text: "faster than both peers", met: ({ ratio }) => (ratio ?? 9) < 1 }],
];

/**
 * Derivation of schemas from TypeScript, as whole processes: what a command pays. The peers make schemas of types; ours
 * finds the functions and reads their comments as well.
 *
 * @param most - Runs of each number of tools, at most.
 */
export async function bench(most: number = Number(process.env["BENCH_RUNS"] ?? Infinity)): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-bench-"));
  try {
    const rows: Row[] = [];
    for (const [count, runs, target] of runsOf) {
      rows.push(await generatedTools(join(folder, String(count)), count, Math.min(runs, most), target));
    }
    return [...rows, ...(await beside(Math.min(9, most)))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function generatedTools(folder: string, count: number, runs: number, target: Target | undefined): Promise<Row> {
  const tools = generateTools(folder, count);
  const time = (program: string) => () => processTime(["--input-type=module", "-e", program]);
  const ms = await rounds(
    {
      ours: time(programs.ours(tools)),
      "ts-json-schema-generator": time(programs["ts-json-schema-generator"](tools)),
      "typescript-json-schema": time(programs["typescript-json-schema"](tools)),
    },
    runs,
  );
  const peers = ["ts-json-schema-generator", "typescript-json-schema"] as const;
  const [first, second] = peers.map((name) => median(ms[name]));
  const name = (first ?? Infinity) < (second ?? Infinity) ? peers[0] : peers[1];
  const peer = { name, value: median(ms[name]), ratio: medianRatio(ms.ours, ms[name]) };
  return row(`derive ${count} ${count === 1 ? "tool" : "tools"}, cold process`, "ms", median(ms.ours), peer, target);
}

/** The tools of the fixtures, and the help of the command, beside a process that does nothing. */
async function beside(runs: number): Promise<Row[]> {
  const twenty = fileURLToPath(new URL("../../fixtures/twenty-tools.ts", import.meta.url));
  const program = programs.ours({ index: twenty, files: Array.from({ length: 20 }, () => twenty), types: [] });
  const cli = fileURLToPath(import.meta.resolve("@smoltools/cli/bin"));
  const cached = programs.cached({ index: twenty, files: Array.from({ length: 20 }, () => twenty), types: [] });
  const ms = await interleaved(
    {
      cached: () => processTime(["--input-type=module", "-e", cached]),
      twenty: () => processTime(["--input-type=module", "-e", program]),
      help: () => processTime([cli, "--help"]),
      empty: () => processTime(["-e", "0"]),
    },
    runs,
  );
  const peer = { name: "node -e 0", value: ms.empty };
  const target: Target = { text: "at most 2 × node -e 0", met: ({ ratio }) => (ratio ?? 9) <= 2 };
  return [
    row("derive the 20 tools of the fixtures, cold process", "ms", ms.twenty, peer),
    row("the same, with the compile cache that the command turns on", "ms", ms.cached, peer),
    row("smoltools --help", "ms", ms.help, peer, target),
  ];
}
