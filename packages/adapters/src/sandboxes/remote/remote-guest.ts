import type { GuestLanguage } from "../channel/guest-language.ts";
import type { EngineKind } from "../engine/engine.ts";

/** A guest that can be started on a machine which has nothing of this package. */
export interface RemoteGuest {
  language: GuestLanguage;
  memory: EngineKind["memory"];
  /** Name of its one file. */
  fileName: string;
  /** The text of the file: a program that writes the guest's files beside itself and starts it. */
  program(): Promise<string>;
  /**
   * What starts it on a machine with Linux.
   *
   * @param path - Where the file is, without blanks and quotes.
   */
  command(path: string, memoryBytes: number): string[];
}

/** A command whose process has no more data than so many bytes. */
export function withDataLimit(bytes: number, command: readonly string[]): string[] {
  // A machine that has less, or no such limit, is a limit itself.
  return ["/bin/sh", "-c", `ulimit -d ${Math.ceil(bytes / 1024)} 2>/dev/null; exec "$@"`, "sh", ...command];
}

/** A command as one text for a POSIX shell. */
export function shellCommand(command: readonly string[]): string {
  return command.map((part) => `'${part.replaceAll("'", `'\\''`)}'`).join(" ");
}
