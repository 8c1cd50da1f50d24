import type { JsonSchema, ObjectSchema } from "../schema/json-schema.ts";
import { SchemaValidator } from "../schema/validation/schema-validator.ts";
import type { RecordedCall } from "../memory/recorded-call.ts";
import { Tool, type ToolContext } from "../tool/tool.ts";
import type { Agent } from "./agent.ts";
import { AgentError, configError } from "./agent-error.ts";
import type { AgentResult, AgentState } from "./agent-result.ts";
import type { ParentRun } from "./agent-run.ts";
import { callEnded, isEndOfRun } from "./calls/call-ended.ts";
import { plainText } from "./calls/plain-text.ts";
import type { MediaShelf } from "./calls/media-shelf.ts";
import type { AgentEvent } from "./events.ts";
import { cutMiddle } from "./loop/cut-middle.ts";
import { workSummary } from "./prompts/work-summary.ts";

/** How the run of a managed agent is tied to the run of its manager. */
export interface Delegation {
  readonly parent: ParentRun;
  /** Where the work is written down. */
  readonly record: RecordedCall;
  /** Where the manager keeps media. */
  readonly media: MediaShelf;
  readonly onEvent: (event: AgentEvent) => void;
}

const delegation: unique symbol = Symbol("delegation");

/** The context of a call that ties the run of a managed agent to its manager's. */
export function delegating(context: ToolContext, to: Delegation): ToolContext {
  return { ...context, [delegation]: to } as ToolContext;
}

interface AgentToolInput {
  task: string;
  additionalArgs?: Record<string, unknown>;
}

const inputSchema: ObjectSchema = {
  type: "object",
  properties: {
    task: {
      type: "string",
      description: "The task, with everything that has to be known for it: the agent knows nothing else.",
    },
    additionalArgs: { type: "object", description: "Values that the task is about, by name." },
  },
  required: ["task"],
  additionalProperties: false,
};

/**
 * An agent as a tool: what a manager gives its model, and what any other caller of tools can use.
 *
 * Each call is done by a copy of the agent with an empty memory, so that calls can run at the same time and know nothing
 * of each other. The result is a report, or the bare answer of an agent with an `answerSchema`. A report names media in
 * the answer by handles, under which the manager has them.
 */
export class AgentTool extends Tool<unknown, unknown> {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema = inputSchema;
  override readonly outputSchema: JsonSchema;
  readonly agent: Agent;

  /** @throws AgentError `AGENT_CONFIG` for an agent without name or description, or whose class cannot be copied. */
  constructor(agent: Agent) {
    super();
    const { name, description } = agent;
    if (name === undefined || description === undefined || description.trim() === "") {
      throw configError(
        `A managed agent needs a name and a description, so that the manager's model knows what to ask it for: ${name ?? "one has no name"}`,
      );
    }
    checkFork(agent);
    this.agent = agent;
    this.name = name;
    this.description = description;
    this.outputSchema = agent.answerSchema ?? { type: "string", description: "The agent's report." };
  }

  protected async execute(input: unknown, context: ToolContext & { [delegation]?: Delegation }): Promise<unknown> {
    const { task, additionalArgs = {} } = input as AgentToolInput;
    const to = context[delegation];
    const agent = this.agent.fork();
    try {
      const { output, state } = await this.#work(agent, task, additionalArgs, context, to);
      if (agent.answerSchema === undefined) return this.#report(agent, output, to?.media);
      if (state !== "success") this.#checkLastWord(output, state);
      return output;
    } catch (cause) {
      if (context.signal?.aborted || !isEndOfRun(cause)) throw cause;
      throw new AgentError(callEnded, { code: "AGENT_INTERRUPTED", cause });
    } finally {
      if (to) {
        const usage = agent.usage;
        const steps = agent.memory.steps.filter((step) => step.kind !== "system-prompt");
        to.record.run = { agent: this.name, steps, ...(usage && { usage }) };
      }
      // The answer is there, whatever becomes of the copy.
      await agent.dispose().catch(() => undefined);
    }
  }

  async #work(
    agent: Agent,
    task: string,
    additionalArgs: Record<string, unknown>,
    context: ToolContext,
    to: Delegation | undefined,
  ): Promise<AgentResult> {
    const options = {
      additionalArgs,
      context: context.context,
      ...(context.signal && { signal: context.signal }),
    };
    const text = agent.prompts.managedTask({ name: this.name, task });
    let result: AgentResult | undefined;
    for await (const event of agent.streamWithin(to?.parent, text, options)) {
      to?.onEvent(event);
      if (event.type === "result") ({ result } = event);
    }
    // A run that does not reject has told its result.
    if (!result) throw new AgentError(callEnded, { code: "AGENT_INTERRUPTED" });
    return result;
  }

  /** An agent that had to end says what it can, which need not be what was asked for: the manager gets it as it is. */
  #checkLastWord(output: unknown, state: AgentState): void {
    const validator = new SchemaValidator(this.outputSchema);
    if (validator.findings(output === undefined ? null : output).length === 0) return;
    throw new AgentError(
      `${this.name} had to end (${state}) before it had an answer in the form that was asked for. Its last word:\n${cutMiddle(plainText(output))}`,
      { code: "AGENT_CHECK_FAILED" },
    );
  }

  #report(agent: Agent, output: unknown, media: MediaShelf | undefined): string {
    const shelved = media ? media.shelve(output) : output;
    const text = plainText(shelved);
    const answer = shelved === output ? text : `${text}\n${howToUseMedia}`;
    const report = agent.prompts.managedReport({ name: this.name, answer });
    return agent.reportsSummary ? `${report}\n\n${workSummary(agent.memory)}` : report;
  }
}

const howToUseMedia = 'The media are stored: to give them to a tool, write { "$media": "…" } with their name.';

/** A `fork` that is inherited makes an agent of the base class: what the subclass changes would not hold. */
function checkFork(agent: Agent): void {
  const prototype = Object.getPrototypeOf(agent) as Agent;
  if (Object.hasOwn(agent, "fork") || Object.hasOwn(prototype, "fork")) return;
  throw configError(
    `The managed agent "${agent.name}" is a ${agent.constructor.name}, a class without a fork() of its own: each call is done by a copy, so give the class fork() that returns a new ${agent.constructor.name}`,
  );
}
