import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { compiledCode } from "./compiled-code.ts";

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));

/** A command line that runs at a terminal. */
export interface TerminalSession {
  /** Everything that the terminal was sent so far, with its control sequences. */
  shown(): string;
  type(keys: string): void;
  /** Waits until the terminal shows this. */
  until(pattern: RegExp): Promise<void>;
  /** Waits for the end. */
  end(): Promise<{ code: number | null; shown: string }>;
  /** Ends the program at once. */
  kill(): void;
}

/** How a command line runs at a terminal. */
export interface TerminalOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** Width of the terminal. */
  columns?: number;
}

export const ctrlC = "\u0003";
export const ctrlD = "\u0004";

/** Starts smoltools at a terminal, with nothing of this environment but the path. */
export function atTerminal(args: readonly string[], options: TerminalOptions = {}): TerminalSession {
  return runAtTerminal([process.execPath, "--conditions=@smoltools/source", main, ...args], options);
}

/** Starts a program at a terminal. */
export function runAtTerminal(
  command: readonly string[],
  { env = {}, cwd, columns = 100 }: TerminalOptions = {},
): TerminalSession {
  const words = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const child = spawn("script", ["-qfec", `stty cols ${columns} rows 40; exec ${words}`, "/dev/null"], {
    cwd,
    env: { PATH: process.env["PATH"], TERM: "xterm", SHELL: "/bin/sh", ...compiledCode, ...env },
    stdio: "pipe",
  });
  const closed = once(child, "close") as Promise<[number | null]>;
  let shown = "";
  const waiting = new Set<() => void>();
  child.stdout.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
    for (const look of waiting) look();
  });
  return {
    shown: () => shown,
    type: (keys) => void child.stdin.write(keys),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(shown)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void closed.then(() => reject(new Error(`The terminal never showed ${pattern}:\n${shown}`)));
      }),
    kill: () => void child.kill("SIGKILL"),
    end: async () => {
      const [code] = await closed;
      child.stdin.destroy();
      return { code, shown };
    },
  };
}
