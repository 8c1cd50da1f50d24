import { SmoltoolsError } from "@smoltools/core";
import type { Problem } from "./problems/problem.ts";

/** A source file whose tools were refused. The problems are in `data`. */
export class DeriveError extends SmoltoolsError<"DERIVE_REFUSED", { problems: readonly Problem[] }> {
  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ file, line, column, code, message, fix }) => {
      return `${file}:${line}:${column}  ${code} ${message}${fix === "" ? "" : ` Fix: ${fix}`}`;
    });
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    super(`The source has ${count} that must be mended:\n${lines.join("\n")}`, {
      code: "DERIVE_REFUSED",
      data: { problems },
    });
  }
}

/** The error for what is no source of tools. */
export function unreadable(path: string, why: string, cause?: unknown): SmoltoolsError<"DERIVE_FILE_UNREADABLE"> {
  return new SmoltoolsError(`${path} cannot be read as the source of tools: ${why}`, {
    code: "DERIVE_FILE_UNREADABLE",
    data: { path },
    cause,
  });
}
