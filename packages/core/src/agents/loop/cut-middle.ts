import { headOf, tailOf } from "../../messages/cut-text.ts";

/** Longest text that one observation shows of a value, in characters. */
const maxCharacters = 20_000;

/** Cuts the middle out of a long text: the start says what it is, the end is where results stand. */
export function cutMiddle(text: string, limit: number = maxCharacters): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  const head = headOf(text, half);
  const tail = tailOf(text, half);
  const left = text.length - head.length - tail.length;
  return `${head}\n… ${left} characters left out: ask for less, or only for what you need …\n${tail}`;
}
