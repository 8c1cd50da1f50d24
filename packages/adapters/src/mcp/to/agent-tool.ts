import {
  type Agent,
  type AgentEvent,
  type AgentResult,
  AgentTool,
  type JsonSchema,
  type ObjectSchema,
  Tool,
  type ToolContext,
} from "@smoltools/core";
import { progressOf } from "./call-context.ts";

/** An agent as a tool of a server: its steps are the progress of the call. */
export class AgentServerTool extends Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  declare readonly outputSchema?: JsonSchema;
  readonly #agent: Agent;

  /** @throws AgentError `AGENT_CONFIG` for an agent without name or description, or whose class cannot be copied. */
  constructor(agent: Agent) {
    super();
    const { name, description, inputSchema } = new AgentTool(agent);
    this.name = name;
    this.description = description;
    this.inputSchema = inputSchema;
    if (agent.answerSchema !== undefined) this.outputSchema = agent.answerSchema;
    this.#agent = agent;
  }

  protected async execute(input: unknown, context: ToolContext): Promise<unknown> {
    const { task, additionalArgs = {} } = input as { task: string; additionalArgs?: Record<string, unknown> };
    const report = progressOf(context);
    // Calls at the same time know nothing of each other.
    const agent = this.#agent.fork();
    try {
      let result: AgentResult | undefined;
      let reported = 0;
      const { signal } = context;
      for await (const event of agent.stream(task, { additionalArgs, ...(signal && { signal }) })) {
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

/** What is told of an event; nothing of most. */
function messageOf(event: AgentEvent): string | undefined {
  if (event.type === "step-start") return `Step ${event.step}`;
  if (event.type === "tool-call") return `Step ${event.step}: calls ${event.tool}`;
  return event.type === "plan" ? "Made a plan" : undefined;
}
