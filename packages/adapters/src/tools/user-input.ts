import { type Tool, tool } from "@smoltools/core";
import { untilAborted } from "../shared/async/until-aborted.ts";
import { typedSchema } from "./typed-schema.ts";

/** Asks a person. It rejects when it is told to end, or when nobody can answer. */
export type Ask = (question: string, call: { signal: AbortSignal }) => Promise<string>;

/** Options of {@link userInput}. */
export interface UserInputOptions {
  /** Asks the person. @default on the terminal: the question goes to standard error, the answer comes from standard input */
  ask?: Ask;
}

/** Input of `user_input`. */
export interface UserInputInput {
  question: string;
}

/**
 * A tool that asks the person in front of the program. It waits for the answer as long as its caller does.
 */
export function userInput({ ask = askOnTerminal }: UserInputOptions = {}): Tool<UserInputInput, string> {
  return tool({
    name: "user_input",
    description: "Asks the user a question and returns the answer. Use it only for what the user alone can know.",
    input: typedSchema<UserInputInput>({
      type: "object",
      properties: { question: { type: "string", description: "The question, as the user shall read it." } },
      required: ["question"],
      additionalProperties: false,
    }),
    output: typedSchema<string>({ type: "string" }),
    annotations: { title: "Ask the user", readOnlyHint: true, openWorldHint: true },
    execute: async ({ question }, context) => {
      const signal = context.signal ?? new AbortController().signal;
      const answer = untilAborted(ask(question, { signal }), signal);
      return context.untimed ? context.untimed(answer) : answer;
    },
  });
}

async function askOnTerminal(question: string, call: { signal: AbortSignal }): Promise<string> {
  const { processTerminal } = await import("./terminal/terminal.ts");
  return processTerminal().ask(question, call);
}
