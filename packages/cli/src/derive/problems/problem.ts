import type { Place } from "../engine/port.ts";

/** Why a tool was refused. Part of the public API: a code never changes its meaning. */
export type RefusalCode =
  | "E_ANY"
  | "E_CLASS"
  | "E_DEFAULT"
  | "E_DEPTH"
  | "E_FUNCTION"
  | "E_GENERIC"
  | "E_NAME"
  | "E_NO_DESCRIPTION"
  | "E_NO_RETURN"
  | "E_OVERLOAD"
  | "E_PATTERN"
  | "E_STREAM"
  | "E_SYMBOL"
  | "E_SYNTAX"
  | "E_TAG"
  | "E_UNKNOWN_PARAM"
  | "E_UNSUPPORTED"
  | "E_UNTYPED";

/** What a tool could do better. */
export type WarningCode = "W_EXAMPLE" | "W_LEFT_OUT" | "W_NO_DESCRIPTION";

/** What can be written without knowing what the author means. */
export type Repair =
  | {
      /** The lines of a comment that are missing; the words are the author's. */
      kind: "tag";
      /** The parameter that the tag is about; absent for `@returns`, and for the description. */
      parameter?: string;
      tag: "param" | "returns" | "description";
      /** The names of all parameters, in their order. */
      parameters: readonly string[];
      /** Of the declaration that the comment belongs above. */
      home: Place;
      /** How that begins, so that no other source is taken for this one. */
      start: string;
      /** Of the comment, if there is one. */
      comment?: Place;
    }
  | {
      /** A comment that stands on one line with what is before it. */
      kind: "move";
      comment: Place;
    };

/** Something that must, or for a warning could, be changed in the source of a tool. */
export interface Problem extends Place {
  code: RefusalCode | WarningCode;
  /** What is wrong. */
  message: string;
  /** What to write instead, on one line. */
  fix: string;
  /** How `fixSource` mends it, where that needs nobody. */
  repair?: Repair;
}
