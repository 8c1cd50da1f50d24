import type * as clackPrompts from "@clack/prompts";
import type { ReadStream, WriteStream } from "node:tty";
import type { Choice, Prompts } from "./prompts.ts";
import { Interruption } from "./interruption.ts";
import type { Output } from "../output/output.ts";
import { printable } from "../output/printable.ts";

/** A terminal with a person at both ends of it. */
export interface Terminal {
  input: ReadStream;
  output: WriteStream;
}

type Clack = typeof clackPrompts;
/** What every question is asked with. */
interface Common {
  input: ReadStream;
  output: WriteStream;
  signal: AbortSignal;
  withGuide: false;
}

/** Asks at a terminal. The library that draws the questions is loaded with the first one. */
export function terminalPrompts({ input, output }: Terminal, out: Output, signal: AbortSignal): Prompts {
  // A terminal has one keyboard: questions that come at the same time are asked one after the other.
  let last: Promise<unknown> = Promise.resolve();

  const ask = <T>(question: (clack: Clack, common: Common) => Promise<T | symbol>): Promise<T> => {
    const answer = last.then(() => askNow(question));
    last = answer.catch(() => undefined);
    return answer;
  };

  const askNow = async <T>(question: (clack: Clack, common: Common) => Promise<T | symbol>): Promise<T> => {
    signal.throwIfAborted();
    const clack = await import("@clack/prompts");
    const show = out.hideProgress();
    // The library waits for ever when the terminal goes away or Ctrl-D is pressed.
    const left = new AbortController();
    const leave = () => left.abort();
    const onKey = (_text: unknown, key: { ctrl?: boolean; name?: string }) => {
      if (key.ctrl && key.name === "d") leave();
    };
    input.on("keypress", onKey).once("end", leave).once("close", leave).once("error", leave);
    try {
      const common: Common = { input, output, signal: AbortSignal.any([signal, left.signal]), withGuide: false };
      const answer = await question(clack, common);
      if (typeof answer !== "symbol") return answer;
      signal.throwIfAborted();
      throw new Interruption("SIGINT");
    } finally {
      input.off("keypress", onKey).off("end", leave).off("close", leave).off("error", leave);
      show();
    }
  };

  return {
    confirm: (question, { initial = false } = {}) =>
      ask<boolean>((clack, common) =>
        clack.confirm({ ...common, message: printable(question), initialValue: initial }),
      ),
    ask: (question, { initial, placeholder, optional = false, check } = {}) =>
      ask<string>((clack, common) =>
        clack.text({
          ...common,
          message: printable(question),
          ...(initial !== undefined && { defaultValue: initial }),
          placeholder: printable(placeholder ?? initial ?? ""),
          validate: (text = "") => {
            if (text === "" && initial !== undefined) return undefined;
            if (text === "" && !optional) return "An answer is needed";
            return check?.(text);
          },
        }),
      ).then((text) => text ?? ""),
    choose: <T extends string>(question: string, choices: readonly Choice<T>[], { initial }: { initial?: T } = {}) =>
      ask<T>(
        (clack, common) =>
          clack.select<string>({
            ...common,
            message: printable(question),
            options: choices.map(({ value, label, hint }) => ({
              value,
              label: printable(label),
              ...(hint !== undefined && { hint: printable(hint) }),
            })),
            ...(initial !== undefined && { initialValue: initial }),
          }) as Promise<T | symbol>,
      ),
    secret: (question) =>
      ask<string>((clack, common) =>
        clack.password({
          ...common,
          message: printable(question),
          validate: (text) => (text ? undefined : "An answer is needed"),
        }),
      ),
  };
}
