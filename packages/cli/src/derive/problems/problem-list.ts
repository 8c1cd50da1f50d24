import type { Place } from "../engine/port.ts";
import type { Problem, RefusalCode, Repair, WarningCode } from "./problem.ts";

/** What is wrong with comments. */
const inComments: ReadonlySet<RefusalCode> = new Set(["E_TAG", "E_PATTERN", "E_DEFAULT", "E_UNKNOWN_PARAM"]);

/** Gathers problems. The same one found twice, because two tools share a type, is kept once. */
export class ProblemList {
  readonly #problems = new Map<string, Problem>();
  readonly #warnings = new Map<string, Problem>();

  /** How often a problem was reported, repeated ones included: it tells whether a tool has any. */
  reported = 0;

  refuse(code: RefusalCode, place: Place, message: string, fix: string, repair?: Repair): void {
    // Nobody can change the comments of a package: what they say wrongly is left out.
    if (inComments.has(code) && isOfPackage(place.file)) return;
    this.reported++;
    keep(this.#problems, { code, message, fix, ...place, ...(repair && { repair }) });
  }

  warn(code: WarningCode, place: Place, message: string, fix: string, repair?: Repair): void {
    // Many parts of a package's type may be left out where the user names it.
    const what = code === "W_LEFT_OUT" ? message : "";
    keep(this.#warnings, { code, message, fix, ...place, ...(repair && { repair }) }, what);
  }

  /** In the order of the source; the files in the order in which they were met. */
  get problems(): Problem[] {
    return inSourceOrder([...this.#problems.values()]);
  }

  get warnings(): Problem[] {
    return inSourceOrder([...this.#warnings.values()]);
  }
}

function isOfPackage(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}

function keep(problems: Map<string, Problem>, problem: Problem, what = ""): void {
  const key = `${problem.file}:${problem.line}:${problem.column}:${problem.code}:${what}`;
  if (!problems.has(key)) problems.set(key, problem);
}

function inSourceOrder(problems: Problem[]): Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  return problems.sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
