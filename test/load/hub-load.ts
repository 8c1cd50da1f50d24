import { commit, createRepo } from "@huggingface/hub";
import type { ChildHub } from "../hub-server/child-hub.ts";

/** How much is asked of a hub. */
export interface LoadOptions {
  /** Each publishes versions of a repo of its own, one after another. */
  publishers: number;
  versions: number;
  /** Each reads from random repos until all is published. */
  readers: number;
  /** Size of the large file of each version, in bytes. */
  largeBytes: number;
}

/** Times in ms. */
export interface Latencies {
  count: number;
  p50: number;
  p99: number;
  max: number;
}

/** What came of it. Sizes in bytes. */
export interface LoadReport {
  publish: Latencies;
  read: Latencies;
  /** Of the process of the hub. */
  memory: { before: number; peak: number; after: number };
  seconds: number;
}

type CommitFile = Extract<Parameters<typeof commit>[0]["operations"][number], { operation: "addOrUpdate" }>;

const smallFiles = 5;
/** How long the hub has nothing to do before its memory is looked at again. */
const settleMs = 2_000;

/** Lets many publish to a hub and many more read from it, all at the same time. Throws at the first wrong answer. */
export async function runLoad(hub: ChildHub, options: LoadOptions): Promise<LoadReport> {
  const names = Array.from({ length: options.publishers }, (_, index) => `alice/load-${index}`);
  for (const name of names) await createRepo({ ...as(hub), repo: { type: "space", name } });
  const before = (await hub.memory()).now;
  const publishTimes: number[] = [];
  const readTimes: number[] = [];
  const start = performance.now();
  const published = new AbortController();
  const readers = Array.from({ length: options.readers }, async (_, reader) => {
    for (let round = 0; !published.signal.aborted; round += 1) {
      const name = names[(reader * 7 + round) % names.length] ?? "";
      readTimes.push(await timed(() => read(hub, name, options)));
    }
  });
  const publishers = names.map(async (name) => {
    for (let version = 0; version < options.versions; version += 1) {
      publishTimes.push(await timed(() => publish(hub, name, version, options)));
    }
  });
  await Promise.all(publishers).finally(() => published.abort());
  await Promise.all(readers);
  const seconds = (performance.now() - start) / 1000;
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const { now: after, peak } = await hub.memory();
  return { publish: latencies(publishTimes), read: latencies(readTimes), memory: { before, peak, after }, seconds };
}

const as = (hub: ChildHub) => ({ hubUrl: hub.url, accessToken: "hf_alice" });
const largeByte = (version: number) => 65 + (version % 26);

/** One commit, and the tag that makes it a version. */
async function publish(hub: ChildHub, name: string, version: number, { largeBytes }: LoadOptions): Promise<void> {
  const operations = Array.from({ length: smallFiles }, (_, index) =>
    write(`src/${index}.js`, `// ${name} ${version} ${index}\n`.repeat(50)),
  );
  operations.push(write("large.bin", new Uint8Array(largeBytes).fill(largeByte(version))));
  const made = await commit({ ...as(hub), repo: { type: "space", name }, title: `Version ${version}`, operations });
  const response = await fetch(`${hub.url}/api/spaces/${name}/tag/${made?.commit.oid}`, {
    method: "POST",
    headers: { Authorization: "Bearer hf_alice", "Content-Type": "application/json" },
    body: JSON.stringify({ tag: `v1.0.${version}`, message: `Version ${version}` }),
  });
  if (!response.ok) throw new Error(`v1.0.${version} of ${name}: ${response.status} ${await response.text()}`);
}

function write(path: string, content: string | Uint8Array<ArrayBuffer>): CommitFile {
  return { operation: "addOrUpdate", path, content: new Blob([content]) };
}

/** What a client does that loads a tool: the versions, the files of the last one, and some of them. */
async function read(hub: ChildHub, name: string, { largeBytes }: LoadOptions): Promise<void> {
  const { tags } = await (await get(`${hub.url}/api/spaces/${name}/refs`)).json();
  const commit = tags.at(-1)?.targetCommit;
  if (commit === undefined) return;
  const entries = await (await get(`${hub.url}/api/spaces/${name}/tree/${commit}?recursive=true`)).json();
  const paths = entries.map(({ path }: { path: string }) => path);
  if (!paths.includes("src/0.js") || !paths.includes("large.bin")) throw new Error(`${name} has ${paths}.`);
  await (await get(`${hub.url}/spaces/${name}/resolve/${commit}/src/0.js`)).text();
  let length = 0;
  const { body } = await get(`${hub.url}/spaces/${name}/resolve/${commit}/large.bin`);
  for await (const chunk of body ?? []) length += chunk.length;
  if (length !== largeBytes) throw new Error(`large.bin of ${name} came with ${length} bytes.`);
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function latencies(times: number[]): Latencies {
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0);
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}
