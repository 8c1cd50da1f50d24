import type { CodeLanguage, RunErrorCode } from "../../sandbox/sandbox.ts";
import type { Isolation } from "../sandbox-isolation.ts";

/** How a hostile program has to end. */
export type HostileEnd =
  /** However it likes: it has nothing to gain. */
  | "anyhow"
  /** With an error, of any code. */
  | "error"
  /** With an error of one of these codes. */
  | { error: readonly RunErrorCode[] }
  /** Without an error, with this value. */
  | { value: unknown }
  /** With this final answer. */
  | { answer: unknown };

/** What a hostile program is made of, as the tables give it. */
export interface HostileSource {
  /** What it does, as a phrase: `"an endless loop"`. */
  name: string;
  code: string;
  ends: HostileEnd;
  /** The only isolation that it is for: it would mean nothing elsewhere. Default: both. */
  only?: Isolation;
  /** It changes what its own language is made of, so that the runs after it in the same sandbox may do anything. */
  breaksItself?: boolean;
  /** It tries to reach the host at the places that `HostileTarget` names, in the variable `target`. */
  aims?: boolean;
}

/** A program that tries to get out or to do harm. */
export interface HostileProgram extends HostileSource {
  language: CodeLanguage;
  /** The kind of harm: `"memory"`. With the name, the name of the test. */
  kind: string;
}

/** What all programs of a table have in common. */
interface Table {
  language: CodeLanguage;
  kind: string;
  only?: Isolation;
  aims?: boolean;
  /** Code in front of each program: what they have in common. */
  prelude?: string;
}

/** A table of programs of one kind. */
export function hostilePrograms(
  { prelude, ...common }: Table,
  sources: readonly HostileSource[],
): readonly HostileProgram[] {
  return sources.map((source) => {
    const code = dedent(source.code);
    return { ...common, ...source, code: prelude === undefined ? code : `${prelude}\n${code}` };
  });
}

/** Under which name the program is a test. */
export function titleOf({ kind, name }: HostileProgram): string {
  return `${kind}: ${name}`;
}

/**
 * Whether a time-out is one of the ends that the program may come to. Only then its time is short: where the end is
 * told, a slow machine must not change it.
 */
export function mayTimeOut({ ends }: HostileProgram): boolean {
  if (typeof ends === "string") return true;
  return "error" in ends && ends.error.includes("SANDBOX_TIMEOUT");
}

/** Takes from all lines the spaces that they have in common, for which indentation has a meaning. */
function dedent(code: string): string {
  if (!code.startsWith("\n")) return code;
  const lines = code.slice(1).trimEnd().split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth)).join("\n");
}
