/** A piece of text that takes the place of another one. */
export interface TextEdit {
  /** From where up to where; the same place twice is an insertion. */
  start: number;
  end: number;
  text: string;
}

/** Applies edits that do not overlap, in whatever order they come. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let from = 0;
  for (const edit of inOrder(edits)) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

/** Where a place of the edited text was before; what is within an edit was at the edit's start. */
export function placeBefore(place: number, edits: readonly TextEdit[]): number {
  let shift = 0;
  for (const { start, end, text } of inOrder(edits)) {
    if (place < start + shift) break;
    if (place < start + shift + text.length) return start;
    shift += text.length - (end - start);
  }
  return place - shift;
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}
