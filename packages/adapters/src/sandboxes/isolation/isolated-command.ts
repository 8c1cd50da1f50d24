/**
 * A file or folder of the host that a guest sees, read-only.
 *
 * Guests of root are nobody on the host where all that is bound can be read by everybody, and root otherwise.
 */
export interface HostBind {
  /** Absolute path on the host. */
  from: string;
  /** Absolute path inside. */
  to: string;
}

/** What memory a guest has. V8 reserves far more addresses than it uses; CPython does not. */
export interface GuestMemory {
  /** Private memory that can be written to (`RLIMIT_DATA`). */
  dataBytes?: number;
  /** All addresses (`RLIMIT_AS`). Default: 64 GiB, so that the kernel's own tables for them stay small. */
  addressSpaceBytes?: number;
}

/** A program to be run where nothing of the host can be reached. */
export interface IsolatedCommand {
  /** Name of the sandbox, for errors. */
  sandbox: string;
  /** The program (absolute path inside) and its arguments. */
  command: readonly string[];
  /** What of the host the guest sees, besides the libraries of the system. */
  binds: readonly HostBind[];
  /** The environment inside. Only `PWD` is set besides. */
  environment?: Readonly<Record<string, string>>;
  memory: GuestMemory;
  /**
   * How much the files in `/tmp` hold, in bytes: the only place that can be written to. 0: nothing. Default: 64 MiB.
   *
   * How many files there are is not limited by it: that is up to the kernel (an eighth of the memory at most).
   */
  scratchBytes?: number;
  /** Longest line of the protocol, in bytes. */
  maxMessageBytes: number;
}
