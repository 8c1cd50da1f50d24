import { context, type Attributes, type Tracer } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import {
  type AgentObserver,
  CodeAgent,
  type CodeAgentOptions,
  type ModelDelta,
  type SandboxProvider,
  type Tool,
  tool,
} from "@smoltools/core";
import { ScriptedModel, type ScriptedReply } from "@smoltools/core/testing";
import { quickjs } from "../../../sandboxes/quickjs/index.ts";
import { openTelemetry, type OpenTelemetryOptions } from "../open-telemetry.ts";

export const sandbox: SandboxProvider = quickjs();

/** An answer of a model that runs this code. */
export const code = (text: string): string => `Thought: go on.\n<code>\n${text}\n</code>`;

export const add: Tool = tool({
  name: "add",
  description: "Adds two numbers.",
  input: {
    type: "object",
    properties: { a: { type: "number" }, b: { type: "number" } },
    required: ["a", "b"],
  },
  execute: ({ a, b }) => Number(a) + Number(b),
});

/** An answer of a model that calls tools natively. */
export const nativeCalls = (...calls: [name: string, input: object][]): ModelDelta[] => [
  ...calls.map(([name, input], index) => ({
    type: "tool-call" as const,
    index,
    id: `id_${index}`,
    name,
    arguments: JSON.stringify(input),
  })),
  { type: "finish", reason: "tool-calls" },
];

/** The spans of one test, by the real SDK. While it is in use, contexts follow asynchronous calls. */
export class RecordedSpans implements Disposable {
  readonly provider: BasicTracerProvider;
  readonly tracer: Tracer;
  readonly #exporter = new InMemorySpanExporter();

  constructor() {
    this.provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(this.#exporter)] });
    this.tracer = this.provider.getTracer("test");
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  }

  /** Those that are ended, in that order. */
  get ended(): ReadableSpan[] {
    return this.#exporter.getFinishedSpans();
  }

  get requests(): ReadableSpan[] {
    return this.ended.filter(({ attributes }) => attributes["openinference.span.kind"] === "LLM");
  }

  /** As an indented list of kinds and names, in the order in which they began. */
  get tree(): string[] {
    return this.below(undefined);
  }

  below(parent: string | undefined, indent = ""): string[] {
    return this.ended
      .filter((span) => span.parentSpanContext?.spanId === parent)
      .sort((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1])
      .flatMap((span) => {
        const line = `${indent}${String(span.attributes["openinference.span.kind"] ?? "-")} ${span.name}`;
        return [line].concat(this.below(span.spanContext().spanId, `${indent}  `));
      });
  }

  get(kind: string, name?: string): ReadableSpan {
    const found = this.ended.find(
      (span) => span.attributes["openinference.span.kind"] === kind && (name === undefined || span.name === name),
    );
    if (!found) throw new Error(`There is no span ${kind} ${name ?? ""} in ${this.tree.join(", ")}`);
    return found;
  }

  observe(options: OpenTelemetryOptions = {}): Promise<AgentObserver> {
    return openTelemetry({ tracer: this.tracer, ...options });
  }

  /** Runs a CodeAgent with the tool `add`, however it ends. */
  async run(
    script: readonly ScriptedReply[],
    options: Partial<CodeAgentOptions> = {},
    tracing: OpenTelemetryOptions = {},
  ): Promise<void> {
    const model = new ScriptedModel(script);
    const observers = [await this.observe(tracing)];
    await using agent = new CodeAgent({ model, sandbox, tools: [add], observers, ...options });
    await agent.run("What is 1 + 2?").catch(() => undefined);
  }

  [Symbol.dispose](): void {
    context.disable();
  }
}

/** Attributes of the exceptions that were recorded. */
export function exceptionsOf({ events }: ReadableSpan): Attributes[] {
  return events.filter(({ name }) => name === "exception").map(({ attributes = {} }) => attributes);
}
