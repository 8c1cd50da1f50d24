import type { ProviderErrors } from "../errors/provider-errors.ts";

/** One object of an answer's stream. */
export type Chunk = Readonly<Record<string, unknown>>;

/** Where the chunks of one answer come from. */
export interface ChunkSource {
  /** Says what went wrong with this answer. */
  readonly errors: ProviderErrors;
  /** True once the server said that nothing more comes. */
  readonly complete: boolean;
  /** The last that came, as text: what is shown when the answer is broken. */
  readonly last: string;
  /**
   * Reads on.
   *
   * @returns The next chunk; `undefined` after the last.
   * @throws ConnectionLost, ReportedError, or the error for the caller.
   */
  next(): Promise<Chunk | undefined>;
  /**
   * Ends the reading and the request.
   *
   * @param complete - True when nothing but the end is due: the connection can then be used again.
   */
  close(complete: boolean): Promise<void>;
}

/** The connection failed while an answer was read. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super("The connection was lost while the answer was read.", { cause });
  }
}

/** The server sent an error where a chunk was due. */
export class ReportedError extends Error {
  /** The object with the error, or its text. */
  readonly reported: unknown;

  constructor(reported: unknown) {
    super("The server reported an error within its answer.");
    this.reported = reported;
  }
}
