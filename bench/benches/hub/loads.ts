import { join } from "node:path";
import { snapshotDownload } from "@huggingface/hub";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import { loadPackage, loadTool, pushPackage } from "@smoltools/hub";
import { quietly, startHub, token } from "../../lib/hub-fixture.ts";
import { hubPackage } from "../../lib/hub-package.ts";
import { interleaved, timed, timedResult } from "../../lib/measure.ts";
import { clientTime } from "../../lib/process-time.ts";
import { benchPython } from "../../lib/python-executors.ts";
import { PythonHubClient } from "../../lib/python-hub-client.ts";
import { RequestCounter } from "../../lib/request-counter.ts";
import { type Row, row } from "../../lib/row.ts";

const runs = 9;
/** A program that loads again and again is compiled by then, on both sides. */
const warmRuns = 150;

interface LoadOptions {
  hubUrl: string;
  cacheDir: string;
  lockFile: string;
}
const repo = "bench/adder";

/** Loading a package, cold and warm, beside the official clients' download of the same files. */
export async function loads(): Promise<Row[]> {
  await using hub = await startHub();
  const { folder, server, client, python } = hub;
  await pushPackage(client, hubPackage(repo, "1.0.0"));
  await using counter = await RequestCounter.start(server.url);
  const sandbox = quickjs();
  let round = 0;
  const freshCache = () => join(folder, `cache-${round++}`);
  const common = { hubUrl: counter.url, sandbox };
  const warm = { ...common, cacheDir: freshCache(), lockFile: join(folder, "smoltools.lock") };
  const call = async (options: Parameters<typeof loadTool>[1]) => {
    await using tool = await loadTool(`${repo}@^1`, options);
    await tool.call({ a: 1, b: 2 });
  };
  await call(warm);
  const pythonWarm = freshCache();
  await python?.time({ do: "load", repo, revision: "v1.0.0", cache: pythonWarm });
  const official = () =>
    snapshotDownload({
      repo: { type: "space", name: repo },
      revision: "v1.0.0",
      hubUrl: counter.url,
      cacheDir: freshCache(),
    });
  const counts = { whole: 0, first: 0, official: 0, warm: 0, python: 0 };
  const counted = async (who: keyof typeof counts, work: () => unknown) => {
    const before = counter.requests;
    const ms = await timed(work);
    counts[who] = counter.requests - before;
    return ms;
  };
  const whole = async () => {
    await using loaded = await loadPackage(`${repo}@^1`, { ...common, cacheDir: freshCache() });
    await loaded.download();
  };
  const ask = async (what: "snapshot" | "load", cache: string) =>
    (await python?.time({ do: what, repo, revision: "v1.0.0", cache })) ?? 0;
  const ms = await quietly(() =>
    interleaved(
      {
        whole: () => counted("whole", whole),
        first: () => counted("first", () => call({ ...common, cacheDir: freshCache() })),
        official: () => counted("official", official),
        python: () => ask("snapshot", freshCache()),
        pythonLoad: () => ask("load", freshCache()),
      },
      runs,
    ),
  );
  const load = async () => {
    const tool = await loadTool(`${repo}@^1`, warm);
    return () => tool[Symbol.asyncDispose]();
  };
  const warmMs = await interleaved(
    {
      call: () => counted("warm", () => call(warm)),
      load: async () => {
        const [ms, end] = await timedResult(load);
        await end();
        return ms;
      },
      python: () => ask("load", pythonWarm),
    },
    warmRuns,
  );
  const javascript = "@huggingface/hub snapshotDownload";
  const fewer = { text: "fewer", met: ({ ratio }: { ratio: number | null }) => (ratio ?? 9) < 1 };
  const rows = [
    row("whole package, cold", "ms", ms.whole, { name: javascript, value: ms.official }),
    row("whole package, cold", "requests", counts.whole, { name: javascript, value: counts.official }, fewer),
    row("load and first call, cold", "ms", ms.first),
    row("load and first call, cold", "requests", counts.first),
    row("load and first call, locked and cached", "ms", warmMs.call),
    row("load, locked and cached", "requests", counts.warm, undefined, { text: "none", met: ({ ours }) => ours === 0 }),
  ];
  if (!python) return rows;
  const requests = await pythonRequests(counter, freshCache());
  const snapshot = "huggingface_hub snapshot_download";
  const fifth = { text: "a fifth at most", met: ({ ratio }: { ratio: number | null }) => (ratio ?? 9) <= 0.2 };
  return [
    ...rows,
    row("whole package, cold", "ms", ms.whole, { name: snapshot, value: ms.python }),
    row("whole package, cold", "requests", counts.whole, { name: snapshot, value: requests }, fewer),
    row("load, cold", "ms", ms.first, { name: "smolagents load_tool, without a call", value: ms.pythonLoad }),
    row(
      "load, locked and cached",
      "ms",
      warmMs.load,
      { name: "smolagents load_tool, cached", value: warmMs.python },
      fifth,
    ),
    await processes({ hubUrl: counter.url, cacheDir: warm.cacheDir, lockFile: warm.lockFile }, pythonWarm),
  ];
}

/** What a program pays that does no more than to load a tool, locked and cached. */
async function processes(warm: LoadOptions, pythonCache: string): Promise<Row> {
  const program = `import { loadTool } from ${JSON.stringify(import.meta.resolve("@smoltools/hub"))};
    import { quickjs } from ${JSON.stringify(import.meta.resolve("@smoltools/adapters/sandboxes/quickjs"))};
    await loadTool("${repo}@^1", { ...${JSON.stringify(warm)}, sandbox: quickjs() });`;
  const script = `from smolagents import load_tool
load_tool("${repo}", revision="v1.0.0", cache_dir=${JSON.stringify(pythonCache)}, trust_remote_code=True)`;
  const ask = { HF_ENDPOINT: warm.hubUrl, HF_TOKEN: token };
  const ms = await interleaved(
    {
      ours: () => clientTime(process.execPath, ["--input-type=module", "-e", program]),
      python: () => clientTime(benchPython() ?? "python3", ["-c", script], ask),
    },
    runs,
  );
  const peer = { name: "python with smolagents load_tool, cached", value: ms.python };
  return row("process that loads, locked and cached", "ms", ms.ours, peer);
}

/** The Python client reads the hub's address once, so a second one asks through the counter. */
async function pythonRequests(counter: RequestCounter, cache: string): Promise<number> {
  using client = new PythonHubClient(benchPython() ?? "python3", counter.url, token);
  // What it asks once a day is not the package's cost.
  await client.time({ do: "snapshot", repo, revision: "v1.0.0", cache: `${cache}-first` });
  const before = counter.requests;
  await client.time({ do: "snapshot", repo, revision: "v1.0.0", cache });
  return counter.requests - before;
}
