import { createHash } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";
import { hostname, networkInterfaces } from "node:os";
import process from "node:process";

/** Which process on which machine something belongs to that may outlive it, as texts for labels and names. */
export interface HostProcess {
  /** The same for all processes that see each other, until the machine starts anew. Says nothing of the machine. */
  machine: string;
  /** The id of the process, and when it started where that is known: ids are used again. */
  process: string;
}

/** What is known of this process. */
export async function thisProcess(): Promise<HostProcess> {
  const bootId = await read("/proc/sys/kernel/random/boot_id");
  // Processes of different containers on one machine do not see each other.
  const pidNamespace = await link("/proc/self/ns/pid");
  const machine = bootId ? [bootId, pidNamespace] : [hostname(), ...hardwareAddresses()];
  return {
    machine: createHash("sha256").update(JSON.stringify(machine)).digest("hex").slice(0, 32),
    process: `${process.pid}:${await startTime(process.pid)}`,
  };
}

/** Whether a process of this machine has ended. */
export async function hasEnded(label: string): Promise<boolean> {
  const [, digits = "", startedAt = ""] = /^(\d+):(\d*)$/.exec(label) ?? [];
  const pid = Number(digits);
  if (!Number.isSafeInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process cannot be signalled, but is there.
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
  const now = await startTime(pid);
  return startedAt !== "" && now !== "" && now !== startedAt;
}

/** When a process started, in ticks since the machine did; empty where that cannot be known. */
async function startTime(pid: number): Promise<string> {
  // The second field, the name, may hold blanks and parentheses. The start is the 22nd.
  const fields = (await read(`/proc/${pid}/stat`)).replace(/^.*\)/s, "").trim().split(" ");
  return fields[19] ?? "";
}

function hardwareAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((ones) => ones ?? []);
  return [...new Set(all.map(({ mac }) => mac))].toSorted();
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}

async function link(path: string): Promise<string> {
  try {
    return await readlink(path);
  } catch {
    return "";
  }
}
