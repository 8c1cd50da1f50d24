import { SmoltoolsError } from "@smoltools/core";

/** A command that was called wrongly. */
export class UsageError extends SmoltoolsError<"USAGE", object> {
  constructor(message: string) {
    super(message, { code: "USAGE" });
  }
}
