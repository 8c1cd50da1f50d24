/** What the worker offers to the modules in this folder. Code of a run can reach none of it. */
export interface Host {
  /**
   * Starts a call of a host function; the worker settles it later through `settle`.
   *
   * @returns Why the arguments are refused, if they are.
   */
  call(id: number, name: string, argsJson: string, undefinedAt?: string): string | undefined;
  /** Tells the host that nobody waits for this call any more. */
  cancel(id: number): void;
  /** Prints a text, given as JSON; returns how many bytes the run may still print, -1 for no more. */
  print(textJson: string): number;
  /** The code ran to its end; the value is JSON, absent when there is none. */
  succeed(valueJson?: string): void;
  /** The code failed; the failure is a `GuestFailure` as JSON. */
  fail(failureJson: string): void;
  /** The code called `finalAnswer`. */
  answer(valueJson?: string): void;
  /** Asks for one call of `fireTimer` after so many milliseconds, instead of the one asked for before; -1 for none. */
  wake(delayMs: number): void;
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
  /** A service that takes and gives JSON; `undefined` when it refuses its input. */
  service(name: TextService, inputJson: string): string | undefined;
  /** A service that makes bytes from JSON. */
  bytes(name: BytesService, inputJson: string): ArrayBuffer;
  /** A service that makes JSON from bytes; `undefined` when it refuses its input. */
  text(name: DecodeService, bytes: ArrayBuffer, optionsJson: string): string | undefined;
}

/** Services from JSON to JSON. */
export type TextService =
  | "url"
  | "urlWith"
  | "readParams"
  | "writeParams"
  | "atob"
  | "btoa"
  | "encodingOf"
  | "uuid"
  | "intl";

/** Services from JSON to bytes. */
export type BytesService = "utf8" | "fromText" | "random" | "randomNumbers";

/** Services from bytes to JSON. */
export type DecodeService = "decode" | "toText" | "digest";

/** How an engine is set up, once. */
export interface GuestSettings {
  functions: string[];
  hasFetch: boolean;
  maxCalls: number;
  maxCallsInFlight: number;
  maxArgumentBytes: number;
  maxResultBytes: number;
  maxOutputBytes: number;
  maxDepth: number;
}

/** Why the code failed, as the guest sees it. */
export interface GuestFailure {
  name: string;
  message: string;
  stack: string;
  /** The limit that was reached, if one was. */
  limit?: string;
}

/** Name under which `fetch` is called on the host: no identifier, so no tool can have it. */
export const fetchCall = "host:fetch";

export let host: Host;
export let settings: GuestSettings;
/** When the engine was set up, on the clock of {@link Host.now}. */
export let startedAt: number;

/** Called once, before anything else in this folder is used. */
export function connect(to: Host, withSettings: GuestSettings): void {
  host = to;
  settings = withSettings;
  startedAt = to.now();
}
