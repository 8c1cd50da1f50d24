import type { Readable } from "node:stream";

/** A step as the host prepared it. */
export interface JsStep {
  /** For engines with a REPL mode. */
  repl?: string;
  hasValue: boolean;
  functions?: string;
  /** The functions as assignments. */
  assignedFunctions?: string;
  body: string;
  variables: readonly string[];
  /** All names that the step declares at its top level. */
  names: readonly string[];
  files: { body: string; functions: string };
}

/** Runs a step; resolves with its value, rejects with what the code threw. */
export type Evaluate = (step: JsStep, run: number) => Promise<unknown>;

/** What differs between the programs that the guest runs in. */
export interface Platform {
  evaluate: Evaluate;
  /** Imports what the code asked for with `import(specifier)`. */
  load(specifier: string): Promise<unknown>;
  /** Makes modules of these sources importable. */
  setModules(modules: Readonly<Record<string, string>>): void;
  /** Shows values as a line of text, as `console.log` does. */
  format(values: readonly unknown[]): string;
  /** The processor time of the process, in milliseconds, where it is known. */
  busyMs?(): number;
}

/** The private line to the host. */
export interface Line {
  send(message: object): void;
  listen(onMessage: (message: unknown) => void): void;
}

/** Speaks lines of JSON over a stream and a function that writes at once. */
export function openLine(incoming: Readable, write: (text: string) => void): Line {
  // Kept before any code can replace them.
  const { parse, stringify } = JSON;
  return {
    send: (message) => write(`${stringify(message)}\n`),
    listen: (onMessage) => {
      let rest = "";
      incoming.setEncoding("utf8");
      incoming.on("data", (chunk: string) => {
        rest += chunk;
        // A long message comes in many chunks: it is looked at as a whole but once.
        if (!chunk.includes("\n")) return;
        const lines = rest.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onMessage(parse(line));
      });
    },
  };
}
