/** What every reader of a source is told. */
export interface ConvertOptions {
  /** Aborted when the command is interrupted. */
  readonly signal: AbortSignal;
  /** Names, as the source has them, of the tools to take; all where it is absent. One that is not there is an error. */
  readonly tools?: readonly string[];
  /** The environment of the command: readers take what they need from here alone. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names of environment variables that the tools need: they become permissions, and programs are started with them. */
  readonly env: readonly string[];
  /** Credential for sources that want one to be read. It never becomes part of a package. */
  readonly token?: string;
  /** For reading the source, in milliseconds. */
  readonly timeoutMs: number;
  /** Told what is being done, for people who wait. */
  readonly onProgress?: (message: string) => void;
}
