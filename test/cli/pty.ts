import { stripVTControlCharacters } from "node:util";
import { atTerminal, ctrlC, type TerminalOptions } from "./terminal.ts";

/** How long something may take to appear on the screen, in milliseconds. */
const patienceMs = 15_000;
/** How often the screen is looked at, in milliseconds. */
const pollMs = 10;

/** The command line at a terminal, with somebody who reads on and types. */
export interface PseudoTerminal extends AsyncDisposable {
  /** Everything that was shown so far, without colours and movements of the cursor. */
  readonly text: string;
  /** The same with them. */
  readonly raw: string;
  /** Waits until this is shown, behind what was waited for before. */
  shows(what: string | RegExp): Promise<void>;
  type(text: string): void;
  /** Ctrl-C. */
  interrupt(): void;
  /** The exit code. */
  ended(): Promise<number | null>;
}

/** Starts the command line at a terminal. */
export function inTerminal(args: readonly string[], options: TerminalOptions = {}): PseudoTerminal {
  const session = atTerminal(args, options);
  const end = session.end();
  const text = () => stripVTControlCharacters(session.shown()).replaceAll("\r", "");
  let seen = 0;
  return {
    get text() {
      return text();
    },
    get raw() {
      return session.shown();
    },
    async shows(what) {
      const pattern =
        typeof what === "string" ? new RegExp(what.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)) : what;
      for (const late = performance.now() + patienceMs; ;) {
        const found = pattern.exec(text().slice(seen));
        if (found) {
          seen += found.index + found[0].length;
          return;
        }
        if (performance.now() > late) throw new Error(`${String(what)} was not shown, but:\n${text().slice(seen)}`);
        await new Promise((done) => setTimeout(done, pollMs));
      }
    },
    type: (keys) => session.type(keys),
    interrupt: () => session.type(ctrlC),
    ended: async () => (await end).code,
    [Symbol.asyncDispose]: async () => {
      session.kill();
      await end;
    },
  };
}
