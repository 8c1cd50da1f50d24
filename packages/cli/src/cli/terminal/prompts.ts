/** Something to choose from. */
export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string;
}

/** How a text is asked for. */
export interface AskOptions {
  /** What Enter alone gives. Without it, an empty answer is asked for again, unless it is `optional`. */
  initial?: string;
  /** Shown, dimmed, where nothing is typed yet. */
  placeholder?: string;
  /** Take an empty answer. */
  optional?: boolean;
  /** Says what is wrong with an answer, which is then asked for again. */
  check?: (text: string) => string | undefined;
}

/**
 * Asks the person at the terminal.
 *
 * Ctrl-C, Ctrl-D and Esc at a question end the command as Ctrl-C does anywhere: the question rejects with the reason.
 */
export interface Prompts {
  /** Asks for yes or no. Enter alone gives `initial`, no by default. */
  confirm(question: string, options?: { initial?: boolean }): Promise<boolean>;
  /** Asks for a line of text. */
  ask(question: string, options?: AskOptions): Promise<string>;
  /** Asks to choose one of several. */
  choose<T extends string>(question: string, choices: readonly Choice<T>[], options?: { initial?: T }): Promise<T>;
  /** Asks for a text that is not shown. */
  secret(question: string): Promise<string>;
}
