import type { CodeLanguage } from "../../sandbox/sandbox.ts";

/** What code of an agent may rely on besides the language itself. */
export interface CodeScope {
  /** Declarations of the tools, as `renderDeclarations` prints them, and of `finalAnswer`. */
  declarations: string;
  /** Variables that the caller of the run defined, as JSON values. */
  variables: Readonly<Record<string, unknown>>;
}

/** An error that the code would surely have. */
export interface CodeFinding {
  /** The checker's own name for it, such as `"TS2345"`. */
  code: string;
  message: string;
  /** Line and column in the checked code, from 1. */
  line: number;
  column: number;
}

/**
 * The checks of one conversation: its variables live on from step to step, as those of the sandbox do.
 */
export interface CodeCheck extends Disposable {
  /**
   * Looks for errors that are certain, given the tools and the variables of earlier steps. Changes nothing.
   *
   * What might be right is not reported: a wrong report costs the model a step.
   */
  findings(code: string): CodeFinding[];
  /** The caller defined variables, as JSON values; a name that is there already means the new value from now on. */
  define(variables: Readonly<Record<string, unknown>>): void;
  /** The code has run, to its end or in part: its top-level variables are there for the next step. */
  ran(code: string): void;
  /** All variables are gone, as after the loss of the engine; those of the caller have to be defined again. */
  forget(): void;
}

/**
 * Checks code before it runs. Code for which the same is found twice in a row is run all the same: a model that was told
 * and insists may know more than the declarations say.
 */
export interface CodeChecker {
  readonly language: CodeLanguage;
  /** Begins the checks of a conversation. May take a while the first time; later calls share what was made. */
  open(scope: CodeScope, options?: { signal?: AbortSignal }): Promise<CodeCheck>;
}
