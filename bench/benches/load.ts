import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import { HubClient, loadPackage, loadTool, packPackage, pushPackage } from "@smoltools/hub";
import { serveHub } from "@smoltools/hub/server";
import { snapshotDownload } from "@huggingface/hub";
import { interleaved, timed } from "../lib/measure.ts";
import { type Row, row } from "../lib/row.ts";

const token = "hf_bench";

/** Loading a package from a hub on this machine, beside the official client's download of the same files. */
export async function bench(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-bench-"));
  await using hub = await serveHub({ root: join(folder, "hub"), tokens: [{ token, user: "bench", role: "write" }] });
  try {
    await pushPackage(new HubClient({ hubUrl: hub.url, token }), examplePackage());
    const requests = { ours: 0, whole: 0, official: 0, locked: 0 };
    const counting =
      (who: keyof typeof requests): typeof fetch =>
      (input, init) => {
        requests[who]++;
        return fetch(input, init);
      };
    const sandbox = quickjs();
    let round = 0;
    const freshCache = () => join(folder, `cache-${round++}`);
    const common = { hubUrl: hub.url, sandbox };
    const warmCache = freshCache();
    const lockFile = join(folder, "smoltools.lock");
    const call = async (options: Parameters<typeof loadTool>[1]) => {
      await using tool = await loadTool("bench/adder@^1", options);
      await tool.call({ a: 1, b: 2 });
    };
    await call({ ...common, cacheDir: warmCache, lockFile });
    const quiet = console.debug;
    // The official client prints a line per file.
    console.debug = () => {};
    const ms = await interleaved(
      {
        cold: () => timed(() => call({ ...common, cacheDir: freshCache(), fetch: counting("ours") })),
        wholePackage: () =>
          timed(async () => {
            await using loaded = await loadPackage("bench/adder@^1", {
              ...common,
              cacheDir: freshCache(),
              fetch: counting("whole"),
            });
            await loaded.download();
          }),
        official: () =>
          timed(() =>
            snapshotDownload({
              repo: { type: "space", name: "bench/adder" },
              revision: "v1.0.0",
              hubUrl: hub.url,
              cacheDir: freshCache(),
              fetch: counting("official"),
            }),
          ),
        warm: () => timed(() => call({ ...common, cacheDir: warmCache, lockFile, fetch: counting("locked") })),
        warmLoad: () => timed(() => loadTool("bench/adder@^1", { ...common, cacheDir: warmCache, lockFile })),
      },
      9,
    );
    console.debug = quiet;
    const runs = 10;
    const official = { name: "@huggingface/hub snapshotDownload", value: ms.official };
    const officialRequests = { name: official.name, value: requests.official / runs };
    const fewer = {
      text: "fewer than the official client",
      met: ({ ratio }: { ratio: number | null }) => (ratio ?? 9) < 1,
    };
    return [
      row("whole package, cold", "ms", ms.wholePackage, official),
      row("whole package, cold", "requests", requests.whole / runs, officialRequests, fewer),
      row("load and first call, cold", "ms", ms.cold, official),
      row("load and first call, cold", "requests", requests.ours / runs, officialRequests, fewer),
      row("load and first call, locked and cached", "ms", ms.warm),
      row("load alone, locked and cached", "ms", ms.warmLoad),
      row("load, locked and cached", "requests", requests.locked / runs, undefined, {
        text: "none",
        met: ({ ours }) => ours === 0,
      }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function examplePackage(): ReturnType<typeof packPackage> {
  const number = { type: "number" } as const;
  return packPackage({
    name: "bench/adder",
    version: "1.0.0",
    description: "Adds two numbers.",
    tools: [
      {
        name: "add",
        description: "Adds two numbers.",
        inputSchema: {
          type: "object",
          properties: { a: number, b: number },
          required: ["a", "b"],
          additionalProperties: false,
        },
        outputSchema: number,
      },
    ],
    runtime: "js",
    code: "export const tools={add:async({a,b})=>a+b};\n",
    sources: { "add.ts": "export function add(a: number, b: number): number {\n  return a + b;\n}\n" },
  });
}
