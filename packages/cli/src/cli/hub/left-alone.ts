import type { Output } from "../output/output.ts";

/** Says which refs of a lock file a command had nothing to do with. */
export function noteLeftAlone(out: Output, { otherHubs }: { otherHubs: string[] }): void {
  if (otherHubs.length > 0) out.note(`left alone, locked to other hubs (--hub <url>): ${otherHubs.join(", ")}`);
}
