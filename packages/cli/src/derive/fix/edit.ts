/** A replacement of a stretch of text. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}
