import type { Output } from "../cli/output/output.ts";

/** Goes to the top of an empty screen at a terminal. What stood there can still be scrolled back to. */
export function clearScreen(out: Output): void {
  if (!out.isTerminal || out.json) return;
  // Lines push the old text off the screen, so that erasing it takes nothing away.
  out.raw(`${"\n".repeat(process.stdout.rows ?? 24)}\u001b[H\u001b[J`);
}
