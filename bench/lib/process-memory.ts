import { readdirSync, readFileSync } from "node:fs";

/**
 * Memory of this process and all below it, in bytes: proportional set sizes, in which what several share counts once.
 *
 * `undefined` where the system does not tell.
 */
export function memoryOfTree(): number | undefined {
  try {
    const parents = new Map<number, number>();
    for (const name of readdirSync("/proc")) if (/^\d+$/.test(name)) parents.set(Number(name), parentOf(Number(name)));
    let total = 0;
    for (const pid of parents.keys()) if (isBelow(pid, parents)) total += pssOf(pid);
    return total;
  } catch {
    return undefined;
  }
}

function isBelow(pid: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 0; at = parents.get(at)) {
    if (at === process.pid) return true;
  }
  return false;
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}

function pssOf(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
