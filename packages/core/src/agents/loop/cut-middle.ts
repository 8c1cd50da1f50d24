import { withoutMiddle } from "../../messages/cut-text.ts";

/** Longest text that one observation shows of a value, in characters. */
const maxCharacters = 20_000;

/** A text as a model is shown it: the middle of a very long one is left out. */
export function cutMiddle(text: string): string {
  return withoutMiddle(
    text,
    maxCharacters,
    (left) => `\n… ${left} characters left out: ask for less, or only for what you need …\n`,
  );
}
