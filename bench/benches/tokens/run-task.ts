import { isDeepStrictEqual } from "node:util";
import {
  type AgentEvent,
  type AgentObserver,
  CodeAgent,
  type Message,
  messageText,
  type ModelRequest,
  ToolCallingAgent,
} from "smoltools";
import { ScriptedModel } from "@smoltools/core/testing";
import { messageTokens, replyTokens, requestTokens, toolTokens } from "./count-tokens.ts";
import type { Results, TokenTask } from "./task.ts";

/** What part of its price a token of a request costs that the provider has in its cache. */
export const cachedPrice = 0.1;

/** What a run took, in tokens, over all its turns. */
interface RunTokens {
  turns: number;
  /** Requests and answers. */
  all: number;
  /** The same, where what was sent before counts a tenth. */
  cached: number;
  /** Answers alone. */
  written: number;
}

/** What a task takes with code and with calls. */
export interface TaskTokens {
  code: RunTokens;
  calls: RunTokens;
}

/**
 * Does a task with both agents and counts the tokens of all that is really sent and answered.
 *
 * @throws Error when one of them fails, or when their answers differ.
 */
export async function runTask({ name, task, tools, code, calls, reset }: TokenTask): Promise<TaskTokens> {
  const writing = new ScriptedModel(code);
  const calling = new ScriptedModel(
    calls.map((turn) => ({ messages }) => ({ calls: turn(resultsOf(messages)) })),
  );
  const tokens = { code: new Count(), calls: new Count() };
  await using coder = new CodeAgent({ model: writing, tools, observers: [tokens.code] });
  await using caller = new ToolCallingAgent({ model: calling, tools, observers: [tokens.calls] });
  reset?.();
  const answers = [await coder.run(task)];
  reset?.();
  answers.push(await caller.run(task));
  if (!isDeepStrictEqual(answers[0], answers[1])) {
    throw new Error(`${name}: the answers differ: ${answers.map((each) => JSON.stringify(each)).join(" and ")}`);
  }
  writing.assertDone();
  calling.assertDone();
  return { code: tokens.code.total, calls: tokens.calls.total };
}

/** The results that a conversation holds, by turns. */
function resultsOf(messages: readonly Message[]): Results {
  const turns: string[][] = [];
  for (const message of messages) {
    if (message.role === "assistant") turns.push([]);
    if (message.role === "tool") turns.at(-1)?.push(messageText(message));
  }
  return turns;
}

/** Adds up what is sent and answered. */
class Count implements AgentObserver {
  readonly total: RunTokens = { turns: 0, all: 0, cached: 0, written: 0 };
  #last: ModelRequest | undefined;

  onEvent(event: AgentEvent): void {
    if (event.type === "model-request") this.#ask(event.request);
    if (event.type === "model-reply") {
      const written = replyTokens(event.reply);
      this.total.all += written;
      this.total.cached += written;
      this.total.written += written;
    }
  }

  #ask(request: ModelRequest): void {
    const sent = requestTokens(request);
    this.total.turns += 1;
    this.total.all += sent;
    this.total.cached += sent - (1 - cachedPrice) * this.#sentBefore(request);
    this.#last = { ...request, messages: structuredClone(request.messages) };
  }

  /** Tokens at the beginning of a request that are those of the one before. */
  #sentBefore(request: ModelRequest): number {
    const last = this.#last;
    if (!last) return 0;
    const same = request.messages.findIndex((message, i) => !isDeepStrictEqual(message, last.messages[i]));
    const kept = same === -1 ? request.messages : request.messages.slice(0, same);
    return toolTokens(request) + kept.reduce((sum, message) => sum + messageTokens(message), 0);
  }
}
