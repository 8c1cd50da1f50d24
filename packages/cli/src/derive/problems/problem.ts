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
export type WarningCode = "W_NO_DESCRIPTION";

/** Something that must, or for a warning could, be changed in the source of a tool. */
export interface Problem extends Place {
  code: RefusalCode | WarningCode;
  /** What is wrong. */
  message: string;
  /** What to write instead, on one line. */
  fix: string;
}
