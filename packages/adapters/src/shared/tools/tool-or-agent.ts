import {
  type Agent,
  type AgentEvent,
  type AgentResult,
  AgentTool,
  isTool,
  type JsonSchema,
  type ObjectSchema,
  Tool,
  type ToolContext,
} from "@smoltools/core";
import { fieldOf } from "../json-access.ts";

/** What can be given to another framework: a tool, or an agent with a name and a description. */
export type ToolOrAgent = Tool | Agent;

/**
 * The tool that stands for a tool or an agent.
 *
 * An agent has the arguments that a manager gives it, `task` and `additionalArgs`, and its answer is the result. Each
 * call is done by a copy of it. The context of a call goes on to its tools; where that has a `reportProgress`, the steps
 * are reported to it instead.
 *
 * @throws AgentError `AGENT_CONFIG` for an agent without name or description, or whose class cannot be copied.
 */
export function asTool(one: ToolOrAgent): Tool {
  return isTool(one) ? one : new AnsweringAgent(one);
}

/** Tells how far a call has come, where its caller wants to know. */
type ReportProgress = (progress: { progress: number; message: string }) => void;

class AnsweringAgent extends Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  declare readonly outputSchema?: JsonSchema;
  readonly #agent: Agent;

  constructor(agent: Agent) {
    super();
    const { name, description, inputSchema } = new AgentTool(agent);
    this.name = name;
    this.description = description;
    this.inputSchema = inputSchema;
    if (agent.answerSchema !== undefined) this.outputSchema = agent.answerSchema;
    this.#agent = agent;
  }

  protected async execute(input: unknown, { signal, context }: ToolContext): Promise<unknown> {
    const { task, additionalArgs = {} } = input as { task: string; additionalArgs?: Record<string, unknown> };
    const report = progressOf(context);
    // Calls at the same time know nothing of each other.
    const agent = this.#agent.fork();
    try {
      let result: AgentResult | undefined;
      let reported = 0;
      const options = { additionalArgs, ...(signal && { signal }), ...(!report && { context }) };
      for await (const event of agent.stream(task, options)) {
        const message = messageOf(event);
        if (message !== undefined) report?.({ progress: ++reported, message });
        if (event.type === "result") ({ result } = event);
      }
      return result?.output;
    } finally {
      await agent.dispose().catch(() => undefined);
    }
  }
}

function progressOf(context: unknown): ReportProgress | undefined {
  const report = fieldOf(context, "reportProgress");
  return typeof report === "function" ? (report as ReportProgress) : undefined;
}

/** What is told of an event; nothing of most. */
function messageOf(event: AgentEvent): string | undefined {
  if (event.type === "step-start") return `Step ${event.step}`;
  if (event.type === "tool-call") return `Step ${event.step}: calls ${event.tool}`;
  return event.type === "plan" ? "Made a plan" : undefined;
}
