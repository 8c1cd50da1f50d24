import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import { CodeAgent, messageText, type ModelRequest, tool } from "@smoltools/core";
import { ScriptedModel, type ScriptedReply } from "@smoltools/core/testing";

export const sandbox = quickjs();

/** An answer of a model that runs this code. */
export const code = (text: string): string => `Thought: go on.\n<code>\n${text}\n</code>`;

export const add = tool({
  name: "add",
  description: "Adds two numbers.",
  input: {
    type: "object",
    properties: { a: { type: "number", description: "One." }, b: { type: "number", description: "Two." } },
    required: ["a", "b"],
    additionalProperties: false,
  },
  output: { type: "number" },
  execute: ({ a, b }) => Number(a) + Number(b),
});

/** An agent with the tool `add` in QuickJS, whose model answers from the script. */
export function agentOf(
  script: readonly ScriptedReply[],
  options: Partial<ConstructorParameters<typeof CodeAgent>[0]> = {},
): { model: ScriptedModel; agent: CodeAgent } {
  const model = new ScriptedModel(script);
  return { model, agent: new CodeAgent({ model, sandbox, tools: [add], ...options }) };
}

/** Roles and texts of the messages of a request, without the system prompt. */
export function conversation(request: ModelRequest | undefined): [role: string, text: string][] {
  const messages = request?.messages ?? [];
  return messages.filter(({ role }) => role !== "system").map((message) => [message.role, messageText(message)]);
}

/** A promise that is settled from outside. */
export class Gate<Value = void> {
  readonly opened: Promise<Value>;
  open: (value: Value) => void = () => undefined;

  constructor() {
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }
}
