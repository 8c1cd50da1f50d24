import { readFile } from "node:fs/promises";

/**
 * Finds out how to read the processor time of a container from the kernel of this machine.
 *
 * The daemon's own figures come once a second, too seldom for the clock of a run.
 *
 * @param pid - The container's first process, as the daemon sees it.
 * @param id - The container's id, which is part of the name of its control group: so a process of another machine that
 *   happens to have the same number is not taken for it.
 * @returns What tells the time in milliseconds; nothing where the container is on another machine, a virtual one
 *   included.
 */
export async function processorTime(pid: number, id: string): Promise<(() => Promise<number>) | undefined> {
  const groups = await read(`/proc/${pid}/cgroup`);
  for (const line of groups.split("\n")) {
    const [, controllers = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (!path.includes(id)) continue;
    for (const meter of metersOf(controllers, path)) {
      if ((await meter()) !== undefined) return async () => (await meter()) ?? gone();
    }
  }
  return undefined;
}

function gone(): never {
  throw new Error("the container has ended");
}

type Meter = () => Promise<number | undefined>;

/** Control groups, https://docs.kernel.org/admin-guide/cgroup-v2.html and cgroup-v1/cpuacct.html */
function metersOf(controllers: string, path: string): Meter[] {
  const root = "/sys/fs/cgroup";
  if (controllers === "") {
    return [async () => milliseconds(/^usage_usec (\d+)$/m.exec(await read(`${root}${path}/cpu.stat`))?.[1], 1e3)];
  }
  if (!controllers.split(",").includes("cpuacct")) return [];
  return [async () => milliseconds(/^\d+/.exec(await read(`${root}/${controllers}${path}/cpuacct.usage`))?.[0], 1e6)];
}

function milliseconds(digits: string | undefined, perMillisecond: number): number | undefined {
  return digits === undefined ? undefined : Number(digits) / perMillisecond;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}
