import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { interleaved, timed } from "../lib/measure.ts";
import { type Row, row, type Target } from "../lib/row.ts";
import { frameworkListings, frameworkWays } from "./adapters/frameworks.ts";
import { mcpWays } from "./adapters/mcp.ts";
import { spaceWays } from "./adapters/spaces.ts";
import { listed, type Way } from "./adapters/way.ts";

/** Adapters of other frameworks: what a call costs over the library alone, what 500 tools cost, and memory. */
export async function bench(): Promise<Row[]> {
  await using mcp = await mcpWays();
  await using spaces = await spaceWays();
  const ways = [...(await frameworkWays()), ...mcp.calls, ...spaces.calls];
  const listings = [...frameworkListings(), ...mcp.listings, ...spaces.listings];
  return [...(await callRows(ways)), ...(await listingRows(listings)), ...(await memoryRows(ways))];
}

async function callRows(ways: readonly Way[]): Promise<Row[]> {
  const target: Target = { text: "at most 0.2 ms over the library", met: ({ ours }) => ours <= 0.2 };
  const rows: Row[] = [];
  for (const { name, peerName, ours, peer, calls = 2000 } of ways) {
    const ms = await interleaved({ ours: () => perCall(ours, calls), peer: () => perCall(peer, calls) }, 9);
    rows.push(row(`${name}, a call`, "ms", ms.ours, { name: peerName, value: ms.peer }));
    rows.push(row(`${name}, a call, over the library`, "ms", Math.max(0, ms.ours - ms.peer), undefined, target));
  }
  return rows;
}

async function perCall(call: () => Promise<unknown>, calls: number): Promise<number> {
  const start = performance.now();
  for (let done = 0; done < calls; done++) await call();
  return (performance.now() - start) / calls;
}

async function listingRows(listings: readonly Way[]): Promise<Row[]> {
  const target: Target = { text: "at most 50 ms over the library", met: ({ ours }) => ours <= 50 };
  const rows: Row[] = [];
  for (const { name, peerName, ours, peer } of listings) {
    const ms = await interleaved({ ours: () => timed(ours), peer: () => timed(peer) }, 9);
    rows.push(row(`${name}, ${listed} tools`, "ms", ms.ours, { name: peerName, value: ms.peer }));
    rows.push(
      row(`${name}, ${listed} tools, over the library`, "ms", Math.max(0, ms.ours - ms.peer), undefined, target),
    );
  }
  return rows;
}

/** Heap that is left after many calls, over that after the first two thousand, in which pools and buffers grow. */
async function memoryRows(ways: readonly Way[]): Promise<Row[]> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const used = async (): Promise<number> => {
    // What waits to be closed or finalized is closed by then.
    await sleep(300);
    collect();
    await sleep(50);
    collect();
    return process.memoryUsage().heapUsed / 1024;
  };
  const target: Target = { text: "at most 512 KiB", met: ({ ours }) => ours <= 512 };
  const rows: Row[] = [];
  for (const { name, ours } of ways) {
    for (let done = 0; done < 2_000; done++) await ours();
    const before = await used();
    for (let done = 0; done < 10_000; done++) await ours();
    rows.push(row(`${name}, heap after 10,000 calls`, "KiB", Math.max(0, (await used()) - before), undefined, target));
  }
  return rows;
}
