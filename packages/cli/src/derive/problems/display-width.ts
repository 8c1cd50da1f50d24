const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f/u;

const segments = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The characters of a text as people see them, each with the columns that a terminal gives it. */
export function graphemes(text: string): { text: string; width: number }[] {
  return Array.from(segments.segment(text), ({ segment }) => ({ text: segment, width: widthOf(segment) }));
}

function widthOf(grapheme: string): number {
  if (/^[\p{M}\p{Cf}]+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}
