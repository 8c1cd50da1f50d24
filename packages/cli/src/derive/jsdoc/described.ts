import type { Place } from "../engine/port.ts";

/** A constraint tag, to be read once the schema that it belongs to is known. */
export interface ConstraintTag {
  name: string;
  text: string;
  /** Of the tag's name. */
  place: Place;
}

/** What a comment says about one value. */
export interface Described {
  text: string;
  constraints: ConstraintTag[];
}

/** What stands behind `=` in `[limit=3]`, the way in which JavaScript's comments give a default. */
export interface InitialText {
  text: string;
  place: Place;
}
