/** How much a change asks of a version: nothing, or at least the part of it that has to rise. */
export type Bump = "none" | "patch" | "minor" | "major";

/** One thing that changed between two versions. */
export interface Finding {
  /** Stable id of the rule that judged it, such as `input-narrowed`. */
  rule: string;
  /** The least bump that it asks for, before 1.0 is taken into account. */
  bump: Exclude<Bump, "none">;
  /** It could not be proved compatible, which counts as a break. */
  unproved?: true;
  /** The tool that it is about; absent for the package as a whole. */
  tool?: string;
  /** Where: a JSON pointer into the tool's declaration or the manifest. */
  path: string;
  /** What was there, as text for people. Absent: nothing. */
  before?: string;
  /** What is there now. Absent: nothing. */
  after?: string;
  /** One sentence that says what it means for callers. */
  message: string;
}

/** What changed between two versions of a package, and what that asks of the new version's number. */
export interface Compatibility {
  /** The greatest bump of all findings. */
  bump: Bump;
  /** The gravest first. */
  findings: Finding[];
}

/** The kinds of bump, the least first. */
const bumps: readonly Bump[] = ["none", "patch", "minor", "major"];

/** What findings ask of a version together. */
export function compatibilityOf(findings: readonly Finding[]): Compatibility {
  const sorted = findings.toSorted((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump));
  return { bump: sorted[0]?.bump ?? "none", findings: sorted };
}
