import { createInterface } from "node:readline";
import {
  type AgentResult,
  type CodeAgent,
  errorMessage,
  isSmoltoolsError,
  literalText,
  type ToolCallingAgent,
} from "smoltools";
import type { CommandContext } from "../cli/command.ts";
import { exitCodes } from "../cli/exit-codes.ts";
import { Interruption } from "../cli/terminal/interruption.ts";
import type { Prompts } from "../cli/terminal/prompts.ts";
import { printable } from "../cli/output/printable.ts";
import { eventJson, failureJson, jsonLine } from "./event-json.ts";
import { TaskInterrupt } from "./task-interrupt.ts";
import type { UsageSummary } from "./usage-summary.ts";

/** Words that end a chat. */
const endings: ReadonlySet<string> = new Set(["exit", "quit", "/exit", "/quit"]);

/** A conversation with one agent: tasks after one another, of which it remembers the earlier ones. */
export class Chat {
  readonly #context: CommandContext;
  readonly #agent: CodeAgent | ToolCallingAgent;
  readonly #summary: UsageSummary;
  #isFirst = true;

  constructor(context: CommandContext, agent: CodeAgent | ToolCallingAgent, summary: UsageSummary) {
    this.#context = context;
    this.#agent = agent;
    this.#summary = summary;
  }

  /**
   * Works on one task.
   *
   * @returns The exit code: a run that was stopped by a limit has no answer of the agent's own.
   */
  async once(task: string): Promise<number> {
    const result = await this.#run(task, this.#context.signal).catch((error: unknown) => {
      // A question that was left with Ctrl-C ends the command, whatever the run makes of it.
      const cause = error instanceof Error ? error.cause : undefined;
      throw cause instanceof Interruption ? cause : error;
    });
    this.#context.out.note(this.#summary.text);
    return result.state === "success" ? exitCodes.ok : exitCodes.failure;
  }

  /** Asks the person for tasks until they leave. Ctrl-C ends a task that is worked on, and at the question the chat. */
  async talk(prompts: Prompts, interrupted: (task: TaskInterrupt | undefined) => void): Promise<number> {
    const { out, signal } = this.#context;
    out.note(`${out.style("bold", "chat")}: Ctrl-C ends a task, Ctrl-C or exit at the question ends the chat`);
    while (!signal.aborted) {
      let task: string;
      try {
        task = (await prompts.ask("You", { optional: true })).trim();
      } catch (error) {
        if (error instanceof Interruption && !signal.aborted) break;
        throw error;
      }
      if (endings.has(task)) break;
      if (task === "") continue;
      using interrupt = new TaskInterrupt(this.#context.interrupts);
      interrupted(interrupt);
      await this.#attempt(task, AbortSignal.any([signal, interrupt.signal]));
      interrupted(undefined);
    }
    signal.throwIfAborted();
    out.note(this.#summary.text);
    return exitCodes.ok;
  }

  /** Works on the lines of standard input, one after another. */
  async lines(input: NodeJS.ReadableStream): Promise<number> {
    const { out, signal } = this.#context;
    let code: number = exitCodes.ok;
    for await (const line of createInterface({ input, signal })) {
      signal.throwIfAborted();
      if (line.trim() !== "" && !(await this.#attempt(line.trim(), signal))) code = exitCodes.failure;
    }
    signal.throwIfAborted();
    out.note(this.#summary.text);
    return code;
  }

  /** A task that fails does not end the chat. */
  async #attempt(task: string, signal: AbortSignal): Promise<boolean> {
    const { out } = this.#context;
    try {
      return (await this.#run(task, signal)).state === "success";
    } catch (error) {
      this.#context.signal.throwIfAborted();
      if (signal.aborted) out.note("the task was ended; what was done until then is remembered");
      else {
        const code = isSmoltoolsError(error) ? ` [${error.code}]` : "";
        out.error(`${out.style("red", "error")} ${printable(errorMessage(error))}${code}`);
      }
      return false;
    }
  }

  async #run(task: string, signal: AbortSignal): Promise<AgentResult> {
    const { out } = this.#context;
    const reset = this.#isFirst;
    this.#isFirst = false;
    let result: AgentResult | undefined;
    try {
      await out.progress("Working", async (progress) => {
        for await (const event of this.#agent.stream(task, { reset, signal })) {
          if (event.type === "step-start") progress(`on step ${event.step}`);
          if (event.type === "result") {
            ({ result } = event);
            this.#summary.add(result);
          }
          if (out.json) out.raw(jsonLine(withCost(eventJson(event), event.type, this.#summary)));
        }
      });
    } catch (error) {
      if (out.json) out.raw(jsonLine(failureJson(error)));
      throw error;
    }
    if (!result) throw new Error("The run ended without a result");
    this.#showAnswer(result.output);
    return result;
  }

  /** At a terminal the log of the steps has shown it already. */
  #showAnswer(output: unknown): void {
    const { out } = this.#context;
    if (out.json || (out.isTerminal && !out.quiet)) return;
    const text = typeof output === "string" ? output : (JSON.stringify(output, null, 2) ?? "");
    if (out.isTerminal) out.line(literalText(text));
    else out.raw(`${text}\n`);
  }
}

function withCost(event: object, type: string, { cost }: UsageSummary): object {
  return type === "result" && cost !== undefined ? { ...event, cost } : event;
}
