import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What a process holds at a moment. */
export interface Footprint {
  /** Memory that objects take after a collection, in bytes. */
  heapBytes: number;
  /** Memory of the process, in bytes. */
  residentBytes: number;
  threads: number;
  descriptors: number;
  /** Processes below this one. */
  processes: number;
  /** Files and folders that sandboxes made for the time of their lives. */
  temporaryFiles: number;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Measures this process. Linux alone tells all of it. */
export async function footprint(): Promise<Footprint> {
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  const [threads, descriptors] = await Promise.all([countIn("/proc/self/task"), countIn("/proc/self/fd")]);
  return {
    heapBytes: heapUsed,
    residentBytes: rss,
    threads,
    descriptors,
    processes: await countChildren(),
    temporaryFiles: await countIn(tmpdir()),
  };
}

async function countIn(folder: string): Promise<number> {
  return (await readdir(folder)).length;
}

async function countChildren(): Promise<number> {
  const tasks = await readdir("/proc/self/task");
  const lists = tasks.map((task) => readFile(`/proc/self/task/${task}/children`, "utf8").catch(() => ""));
  return (await Promise.all(lists)).join(" ").split(" ").filter(Boolean).length;
}
