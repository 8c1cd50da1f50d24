/** Where the files of an agent are. */
export interface AgentSource {
  /** For messages. */
  readonly name: string;
  /**
   * Reads a file.
   *
   * @param maxBytes - Largest file that is read.
   * @param check - Throws for bytes that are not wanted: a copy in the cache is then thrown away, and asked for once more.
   * @returns What `check` made of the bytes; `undefined` when there is no such file.
   */
  read<T>(path: string, maxBytes: number, check: (bytes: Uint8Array) => T): Promise<T | undefined>;
}
