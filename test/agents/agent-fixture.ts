import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import {
  ActionStep,
  type Agent,
  type AgentEvent,
  type AgentOptions,
  CodeAgent,
  type Memory,
  messageText,
  type ModelDelta,
  type ModelRequest,
  type ModelSupport,
  tool,
  type Tool,
  ToolCallingAgent,
  type ToolCallingAgentOptions,
} from "@smoltools/core";
import { ScriptedModel, type ScriptedReply } from "@smoltools/core/testing";
import { vi } from "vitest";

export const sandbox = quickjs();

/** An answer of a model that runs this code. */
export const code = (text: string): string => `Thought: go on.\n<code>\n${text}\n</code>`;

/** A call of a tool as a model writes it: text stands for itself, everything else for its JSON. */
export interface NativeCall {
  name: string;
  input: unknown;
  id?: string;
}

/** An answer of a model that makes these native calls, in this order. */
export function nativeCalls(...calls: readonly NativeCall[]): ModelDelta[] {
  const deltas = calls.map(({ name, input, id }, index): ModelDelta => {
    const text = typeof input === "string" ? input : JSON.stringify(input);
    return { type: "tool-call", index, id: id ?? `id_${index + 1}`, name, arguments: text };
  });
  return [...deltas, { type: "finish", reason: "tool-calls" }];
}

/** An answer of a model that gives the final answer by a native call. */
export const nativeAnswer = (answer: unknown): ModelDelta[] => nativeCalls({ name: "final_answer", input: { answer } });

/** An answer together with the tokens that it took. */
export const withUsage = (deltas: readonly ModelDelta[], inputTokens: number, outputTokens: number): ModelDelta[] => [
  { type: "usage", usage: { inputTokens, outputTokens } },
  ...deltas,
];

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

/** A tool without input that does this. */
export const doing = (name: string, execute: () => unknown): Tool =>
  tool({ name, description: `Does ${name}.`, execute }) as Tool;

/** A tool that takes one text and answers with what this makes of it. */
export function textTool(name: string, execute: (text: string, signal: AbortSignal | undefined) => unknown): Tool {
  return tool({
    name,
    description: `Works on a text as ${name} does.`,
    input: {
      type: "object",
      properties: { text: { type: "string" } },
      required: ["text"],
      additionalProperties: false,
    },
    execute: ({ text }, { signal }) => execute(String(text), signal),
  }) as Tool;
}

interface Made<Kind extends Agent> {
  model: ScriptedModel;
  agent: Kind;
}

/** An agent with the tool `add` in QuickJS, whose model answers from the script. */
export function agentOf(
  script: readonly ScriptedReply[],
  options: Partial<ConstructorParameters<typeof CodeAgent>[0]> = {},
): Made<CodeAgent> {
  const model = new ScriptedModel(script);
  return { model, agent: new CodeAgent({ model, sandbox, tools: [add], ...options }) };
}

/** An agent with the tool `add`, whose model calls tools as the script says. */
export function toolAgentOf(
  script: readonly ScriptedReply[],
  options: Partial<ToolCallingAgentOptions> = {},
): Made<ToolCallingAgent> {
  const model = new ScriptedModel(script);
  return { model, agent: new ToolCallingAgent({ model, tools: [add], ...options }) };
}

/** A model from a script that cannot do everything. */
export class LimitedModel extends ScriptedModel {
  readonly supports: ModelSupport;

  constructor(script: readonly ScriptedReply[], supports: ModelSupport) {
    super(script);
    this.supports = supports;
  }
}

/** How to make one kind of agent act, so that a test can hold for both kinds. */
export interface AgentKind {
  readonly title: string;
  make(script: readonly ScriptedReply[], options?: Partial<AgentOptions>): Made<Agent>;
  /** An answer that calls tools at the same time. */
  calls(...calls: readonly NativeCall[]): ScriptedReply;
  /** An answer that gives the final answer. */
  answer(value: unknown): ScriptedReply;
}

export const codeKind: AgentKind = {
  title: "CodeAgent",
  make: agentOf,
  calls: (...calls) => {
    const list = calls.map(({ name, input }) => `${name}(${isEmpty(input) ? "" : JSON.stringify(input)})`);
    return code(`await Promise.all([${list.join(", ")}])`);
  },
  answer: (value) => code(`finalAnswer(${JSON.stringify(value)})`),
};

const isEmpty = (input: unknown): boolean => JSON.stringify(input) === "{}";

export const toolCallingKind: AgentKind = {
  title: "ToolCallingAgent",
  make: toolAgentOf,
  calls: nativeCalls,
  answer: nativeAnswer,
};

/** Both kinds of agents, for `describe.each`. */
export const bothKinds: readonly AgentKind[] = [codeKind, toolCallingKind];

/** Roles and texts of the messages of a request, without the system prompt. */
export function conversation(request: ModelRequest | undefined): [role: string, text: string][] {
  const messages = request?.messages ?? [];
  return messages.filter(({ role }) => role !== "system").map((message) => [message.role, messageText(message)]);
}

/** The text of the last message of a request. */
export const lastText = (request: ModelRequest | undefined): string => conversation(request).at(-1)?.[1] ?? "";

/** The system prompt of a request. */
export function systemText(request: ModelRequest | undefined): string {
  const message = request?.messages.find(({ role }) => role === "system");
  return message ? messageText(message) : "";
}

/** The kinds of the steps in a memory, without the system prompt. */
export const kindsIn = (memory: Memory): string[] => memory.steps.slice(1).map(({ kind }) => kind);

/** The action steps in a memory. */
export const actionsIn = (memory: Memory): ActionStep[] => memory.steps.filter((step) => step instanceof ActionStep);

/** All events of a run. */
export async function eventsOf(events: AsyncIterable<AgentEvent>): Promise<AgentEvent[]> {
  const seen: AgentEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** What some work is rejected with; `undefined` when it succeeds. */
export const rejectionOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

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

/** A clock for budgets of time that stands still until a test lets time pass. */
export function handClock(): Disposable & { pass: (ms: number) => void } {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  return { pass: (ms) => void vi.advanceTimersByTime(ms), [Symbol.dispose]: () => void vi.useRealTimers() };
}
