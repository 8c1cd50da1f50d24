import { exitCodes } from "../exit-codes.ts";
import type { Interrupts } from "./interrupts.ts";

/**
 * Keeps the process from falling over its own output.
 *
 * When nobody reads standard output any more (`| head`), the command is told to end, quietly. When it cannot be written
 * for another reason, such as a full disk, that is a failure, whatever the command made of its work. What standard error
 * cannot take is lost.
 */
export function guardStreams(interrupts: Interrupts): void {
  let isTold = false;
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") {
      interrupts.interrupt("EPIPE");
      return;
    }
    process.exitCode = exitCodes.failure;
    // What follows fails in the same way.
    if (isTold) return;
    isTold = true;
    const reason = error.code === "ENOSPC" ? "no space is left where it goes [DISK_FULL]" : error.message;
    process.stderr.write(`error The output could not be written: ${reason}\n`);
    interrupts.interrupt("EPIPE");
  });
}
