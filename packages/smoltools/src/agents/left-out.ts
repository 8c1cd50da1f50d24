import { literalLine } from "@smoltools/core";

/** Something that an agent had and its file, or the agent that was made of its file, has not. */
export interface LeftOut {
  /** Where it stands: `model.apiKey`, `managedAgents.counter.limits.timeoutMs`. */
  field: string;
  /** Why it was left out, in words that continue a sentence. */
  why: string;
  /** What holds in its place, or what to do. */
  instead?: string;
}

/** A report under a common beginning of its fields. */
export class Report {
  readonly entries: LeftOut[];
  readonly #prefix: string;

  constructor(prefix = "", entries: LeftOut[] = []) {
    this.#prefix = prefix;
    this.entries = entries;
  }

  add(field: string, why: string, instead?: string): void {
    // Names come from files of others, and reports are shown in terminals.
    const said = { field: literalLine(this.#prefix + field), why: literalLine(why) };
    this.entries.push({ ...said, ...(instead !== undefined && { instead: literalLine(instead) }) });
  }

  /** The same report, for a part of what it is about. */
  within(part: string): Report {
    return new Report(`${this.#prefix}${part}.`, this.entries);
  }

  /** The name of a field, as the report has it. */
  place(field: string): string {
    return this.#prefix + field;
  }
}
