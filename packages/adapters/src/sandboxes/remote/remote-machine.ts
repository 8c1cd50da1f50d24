import type { Buffer } from "node:buffer";
import type { GuestExit } from "../channel/guest-channel.ts";

/** Who hears the program that runs on a remote machine. */
export interface ProgramListener {
  /** Bytes of its standard output, in any portions. */
  onOutput(chunk: Buffer): void;
  /** Text of its standard error. */
  onErrorOutput(text: string): void;
  /** It has ended, or is out of reach for good. */
  onEnd(exit: GuestExit): void;
}

/** A program that runs on a remote machine. */
export interface RemoteProgram {
  /** Writes to its standard input; settled when the machine has taken the bytes. One write at a time. */
  write(bytes: Buffer): Promise<void>;
}

/** A machine at a provider, used for one guest and then thrown away. */
export interface RemoteMachine {
  /** Writes a file. @param path - Absolute; its folder need not exist. */
  writeFile(path: string, text: string): Promise<void>;
  /** Starts a program with its standard streams connected to this side. */
  start(command: readonly string[], listener: ProgramListener): Promise<RemoteProgram>;
  /** Ends the machine for good. Doing it twice is no error. */
  destroy(): Promise<void>;
}
