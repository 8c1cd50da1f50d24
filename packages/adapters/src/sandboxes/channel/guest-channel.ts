/** How a guest came to its end. */
export interface GuestExit {
  /** Exit status, where there is one. */
  code?: number | undefined;
  /** Signal that ended it, such as `"SIGKILL"`. */
  signal?: string | undefined;
  /** The end of what it wrote to standard error. Hostile: for finding out what happened, never for the code. */
  stderr?: string;
  /** What happened in words, where neither status nor signal tells. */
  message?: string;
}

/** Who hears a guest: one at a time. */
export interface ChannelListener {
  /** One message, without its line break. */
  onMessage(line: string): void;
  /** It has ended, whoever wanted it to. Told once. */
  onExit(exit: GuestExit): void;
}

/** A guest that has been started, and the way to talk to it. */
export interface GuestChannel {
  /** Sets who hears the guest. What it says before is kept. */
  listen(listener: ChannelListener): void;
  /** Sends one message. Does nothing once the guest has ended. */
  send(line: string): void;
  /** Bytes that wait to be taken by the guest. */
  readonly bufferedBytes: number;
  /** How long a message takes to a guest on another machine, and its answer back, in milliseconds. */
  readonly latencyMs?: number;
  /** Ends the guest and all that it started, whatever it does. Settled when it is gone. Never rejects. */
  kill(): Promise<void>;
  /** Keeps the process of the host alive until the hold is given back. */
  hold(): Disposable;
  /**
   * Asks the guest to drop what it is doing, from outside: it ends the run like after `stop`, even where it is busy.
   * Absent where there is no such way.
   */
  interrupt?(): void;
  /**
   * The processor time that the guest has used, in milliseconds, told by the kernel. Where it is absent, the guest is
   * asked whether it is busy.
   */
  busyMs?(): number | Promise<number>;
  /**
   * Whether the guest is at work at this moment rather than waiting, told by the kernel; nothing when that is not known.
   * Where it is absent, the guest says it itself when a run ends late.
   */
  isAtWork?(): boolean | undefined;
}
