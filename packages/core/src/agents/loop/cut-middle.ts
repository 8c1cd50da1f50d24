/** Longest text that one observation shows of a value, in characters. */
const maxCharacters = 20_000;

/** Cuts the middle out of a long text: the start says what it is, the end is where results stand. */
export function cutMiddle(text: string, limit: number = maxCharacters): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  const left = text.length - 2 * half;
  return `${text.slice(0, half)}\n… ${left} characters left out: ask for less, or only for what you need …\n${text.slice(-half)}`;
}
