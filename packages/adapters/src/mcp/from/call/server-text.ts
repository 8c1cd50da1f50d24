import type { SourceIdentity } from "../../connection/source-failure.ts";

/** Longest text of a server that becomes part of an error, in characters. */
const longest = 8000;

/** What a server says, as part of an error: without its secrets, without what drives terminals, and not endless. */
export function serverText(text: string, { redact }: SourceIdentity): string {
  const clean = redact(text.slice(0, longest * 2))
    .replace(/\r\n?/g, "\n")
    .replace(/[^\n\t\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim();
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
