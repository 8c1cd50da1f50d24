import type { SandboxLimits } from "@smoltools/core";

/** JSON in JSON: quotes and backslashes double, and one message may hold several calls. */
const growth = 8;
const envelopeBytes = 1024 * 1024;

/** The longest message that a guest may send, in bytes: no honest one comes near. */
export function maxMessageBytes({ maxArgumentBytes, maxResultBytes, maxOutputBytes }: SandboxLimits): number {
  return growth * Math.max(maxArgumentBytes, maxResultBytes, maxOutputBytes) + envelopeBytes;
}
