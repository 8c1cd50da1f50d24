import type { RefusalCode } from "../../problems/problem.ts";

/** Why a type has no schema, whatever its parts are. */
export interface Obstacle {
  readonly code: RefusalCode;
  /** Goes on where the name of the value ends: `is a symbol`. */
  readonly what: string;
  readonly fix: string;
}

/** Where a type is met, as far as that matters to whether it has a schema. */
export interface Meeting {
  readonly direction: "input" | "output";
  /** It is the whole result of a tool, which may come as a stream. */
  readonly mayStream: boolean;
}

/** What JSON cannot carry at all. `any` is not among them: it may be data. */
const uncarried: ReadonlySet<RefusalCode> = new Set(["E_FUNCTION", "E_SYMBOL", "E_CLASS", "E_STREAM", "E_GENERIC"]);

/** True when no value of the type can be sent, so that what may be absent always is. */
export function isUncarried({ code }: Obstacle): boolean {
  return uncarried.has(code);
}
