import type { GuestMemory } from "./isolated-command.ts";

const gibibyte = 1024 ** 3;

/** Threads: enough for a runtime and its pools. Processes cannot be started at all. */
const maxThreads = 64;
const maxOpenFiles = 256;
/** Signals and timers that wait. */
const maxPendingSignals = 1024;
const maxStackBytes = 8 * 1024 ** 2;
const defaultAddressSpaceBytes = 64 * gibibyte;

/** Arguments of prlimit. It runs inside, since threads are counted by namespace only there. */
export function resourceLimits(memory: GuestMemory, scratchBytes: number): string[] {
  const limits: Record<string, number | undefined> = {
    data: memory.dataBytes,
    as: memory.addressSpaceBytes ?? defaultAddressSpaceBytes,
    nproc: maxThreads,
    nofile: maxOpenFiles,
    fsize: scratchBytes,
    sigpending: maxPendingSignals,
    stack: maxStackBytes,
    core: 0,
    // Neither a higher nor a real-time priority, whatever the host's user may have.
    nice: 0,
    rtprio: 0,
  };
  return Object.entries(limits).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
}
