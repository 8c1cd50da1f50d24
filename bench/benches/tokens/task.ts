import type { Tool } from "@smoltools/core";

/** A native call as a model writes it. */
export interface WrittenCall {
  name: string;
  input: Record<string, unknown>;
}

/** Results of calls as the model reads them: those of each turn so far, in order. */
export type Results = readonly (readonly string[])[];

/** A task, done once by writing code and once by calling tools, with the same tools and to the same answer. */
export interface TokenTask {
  name: string;
  /** What is asked. */
  task: string;
  /** The tools that the agents have. */
  tools: readonly Tool[];
  /** The steps of the one that writes code. */
  code: readonly string[];
  /**
   * The turns of the one that calls tools. What it has to copy from results into arguments or into its answer, it
   * reads from them, as a model does.
   */
  calls: readonly ((results: Results) => readonly WrittenCall[])[];
  /** Puts what the tools work on into the state from which both start. */
  reset?: () => void;
}

/** A step of an agent that writes code: its prompt asks for a thought first. */
export function step(thought: string, code: string): string {
  return `Thought: ${thought}\n<code>\n${code.trim()}\n</code>`;
}

/** A call. */
export function call(name: string, input: Record<string, unknown> = {}): WrittenCall {
  return { name, input };
}

/** The call that ends a task. */
export function answer(value: unknown): readonly WrittenCall[] {
  return [call("final_answer", { answer: value })];
}
