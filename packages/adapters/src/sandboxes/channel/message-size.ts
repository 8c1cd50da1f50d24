import type { SandboxLimits } from "@smoltools/core";

/**
 * How many bytes a character that counts towards a limit can take on its way: three in UTF-8, or two for one that is
 * JSON already and has to be written as a text in JSON again. Of what is printed, JSON writes some with six.
 */
const jsonGrowth = 3;
const outputGrowth = 6;
const envelopeBytes = 1024 * 1024;

/** The longest message that a guest may send, in bytes: no honest one comes near. */
export function maxMessageBytes({ maxArgumentBytes, maxResultBytes, maxOutputBytes }: SandboxLimits): number {
  const longest = Math.max(jsonGrowth * Math.max(maxArgumentBytes, maxResultBytes), outputGrowth * maxOutputBytes);
  return longest + envelopeBytes;
}
