import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { InstalledProgram } from "./installed-program.ts";

/** What a row of the table works with. */
export interface RowContext {
  program: InstalledProgram;
  /** A folder of the row's own, with a source file and a lock file, in which its command is run. */
  cwd: string;
  /** Of this row alone: a home, and variables of its own. */
  env: Record<string, string>;
  /** `json`, `wide` or `narrow`: for names that must not meet. */
  turn: string;
  /** What is to be ended when the command has. */
  owned: AsyncDisposable[];
}

/** How one command is driven: where a program reads, and at a terminal. */
export interface CommandRow {
  /** What has to be there before. */
  prepare?: (context: RowContext) => Promise<void>;
  /** The words behind the command. */
  args: (context: RowContext) => readonly string[];
  /** The words in place of these where a program reads, such as `--yes` where people are asked. */
  jsonArgs?: (context: RowContext) => readonly string[];
  /** Shape of the JSON, line by line where `lines` is set. */
  json: unknown;
  /** Every line of the output is a JSON value: the shape is that of one of them. */
  lines?: boolean;
  /** What is on standard error where a program reads; nothing, if it is not said. */
  warns?: RegExp;
  /** What is shown at a terminal. */
  shows: RegExp;
  /** What a person is asked, and types. */
  keys?: readonly (readonly [question: RegExp, typed: string])[];
  /** Ctrl-C at the first question ends it and leaves everything as it was. */
  canBeLeft?: boolean;
  /** Runs until Ctrl-C, once this is shown. */
  endless?: RegExp;
  /** Prints a table: to be shown in 40 columns as well. */
  table?: boolean;
  /** Prints what another program wants as it is, however wide. */
  isVerbatim?: boolean;
  /** Prints nothing in colour. */
  plain?: boolean;
  stdin?: (context: RowContext) => string;
  env?: (context: RowContext) => Record<string, string>;
  code?: number;
}

/** A text like this. */
export const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const greetSource = `/**
 * Greet a person.
 * @param name - Name of the person.
 * @returns The greeting.
 * @example
 * greet("Ada") // => "Hello Ada"
 */
export function greet(name: string): string {
  return \`Hello \${name}\`;
}
`;

/** Makes the folder of a row, as a project of somebody who writes a tool and uses others. */
export async function rowContext(
  program: InstalledProgram,
  lockFile: string,
  name: string,
  turn: string,
): Promise<RowContext> {
  const cwd = join(program.folder, "rows", name, turn);
  const home = join(program.folder, "homes", name, turn);
  await mkdir(cwd, { recursive: true });
  await mkdir(home, { recursive: true });
  await writeFile(join(cwd, "greet.ts"), greetSource);
  await writeFile(join(cwd, "package.json"), '{ "version": "1.0.0", "license": "MIT", "description": "Greets." }');
  await writeFile(join(cwd, "smoltools.lock"), lockFile);
  return { program, cwd, turn, owned: [], env: { HOME: home, SMOLTOOLS_HOME: join(home, "smoltools") } };
}

/** An object with at least these properties, and lists with at least these entries. */
export function matching(shape: unknown): unknown {
  if (Array.isArray(shape)) return expect.arrayContaining(shape.map(matching)) as unknown;
  if (typeof shape !== "object" || shape === null || "asymmetricMatch" in shape) return shape;
  const entries = Object.entries(shape).map(([name, value]) => [name, matching(value)] as const);
  return expect.objectContaining(Object.fromEntries(entries)) as unknown;
}
