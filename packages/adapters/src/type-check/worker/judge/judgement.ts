/** Something that is surely wrong, by a place in the checked file. */
export interface Judgement {
  code: number;
  message: string;
  place: number;
}
