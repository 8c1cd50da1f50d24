import type { Compatibility, Manifest } from "@smoltools/hub";
import type { ExampleOutcome } from "../examples/run-examples.ts";

/** Something that a check found. */
export interface CheckFinding {
  /** A warning does not make the check fail. */
  severity: "problem" | "warning";
  /** Stable: that of a refusal, of an error, or `EXAMPLE_FAILED`. */
  code: string;
  message: string;
  /** What to write instead. */
  fix?: string;
  /** Where it is, where that is known. Line and column count from 1. */
  place?: { file: string; line: number; column: number; length: number };
}

/** How the package stands to what is published under its name. */
export interface VersionCheck {
  name: string;
  /** Where none was given, and something has changed: the least one that the changes need. */
  version: string;
  /** The command line or package.json says the version, or nothing is published yet. */
  given: boolean;
  /** The published version that it was compared with. */
  before?: string;
  /** The least version that the changes ask for. */
  least?: string;
  /** This very version is published, with the same content. */
  published: boolean;
  compatibility: Compatibility;
}

/** Everything that a check found out. */
export interface CheckReport {
  file: string;
  /** True when there are no problems. */
  ok: boolean;
  findings: CheckFinding[];
  /** What is declared; absent when it could not be built. */
  tools?: Manifest["tools"];
  permissions?: Manifest["permissions"];
  runtime?: Manifest["runtime"];
  bundleBytes?: number;
  examples: ExampleOutcome[];
  version?: VersionCheck;
  /** What was not checked, and why. */
  skipped: string[];
}
