import { readdirSync, readFileSync } from "node:fs";

/** The unit of times in `/proc`, the same on all machines that Node runs on: a hundredth of a second. */
const tickMs = 10;

/** What Linux tells of a process or a thread in its file `stat`. */
interface Status {
  /** A letter: `R` runs or could, `D` waits for a disk, `S` waits for something else. */
  state: string;
  /** Processor time, in milliseconds. */
  busyMs: number;
}

/**
 * Processor time of a process with all its threads, in milliseconds. Linux alone tells it.
 *
 * @throws Error when there is no such process.
 */
export function processBusyMs(pid: number): number {
  return read(`/proc/${pid}/stat`).busyMs;
}

/** The same of one thread. */
export function threadBusyMs(pid: number | "self", thread: number): number {
  return read(`/proc/${pid}/task/${thread}/stat`).busyMs;
}

/** Whether any thread of a process is at work, or could be if it got to it; nothing where that is not known. */
export function isAtWork(pid: number): boolean | undefined {
  try {
    const folder = `/proc/${pid}/task`;
    return readdirSync(folder).some((thread) => /^[RD]$/.test(read(`${folder}/${thread}/stat`).state));
  } catch {
    return undefined;
  }
}

function read(file: string): Status {
  const text = readFileSync(file, "utf8");
  // The name of the program, in brackets, can hold spaces and brackets: what counts comes after the last one.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0] ?? "", busyMs: (Number(fields[11]) + Number(fields[12])) * tickMs };
}
