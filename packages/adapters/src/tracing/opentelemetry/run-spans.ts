import type { Attributes, Context, Span } from "@opentelemetry/api";
import {
  type ActionStep,
  type AgentEvent,
  type AgentResult,
  messageText,
  type ModelReply,
  type ObservedCall,
  type RunInfo,
} from "@smoltools/core";
import { cut, boundedJson } from "./content.ts";
import { failSpan, failSpanWith } from "./failure.ts";
import { figureAttributes, inputAttributes, invocationParameters, outputAttributes } from "./llm-attributes.ts";
import type { Tracing } from "./tracing.ts";

/** A call in progress. */
interface OpenCall {
  readonly span: Span;
  /** What the tool threw. */
  thrown?: { readonly error: unknown };
}

/** For spans whose end nobody told of. */
const unfinished = { code: "UNFINISHED", message: "The run went on, or ended, before this was done" };

/** The spans of one run. Each that is begun is ended, with the run at the latest. */
export class RunSpans {
  readonly #tracing: Tracing;
  readonly #context: Context;
  readonly #common: Attributes;
  readonly #agent: Span;
  readonly #calls = new Map<string, OpenCall>();
  #step: Span | undefined;
  #request: { readonly span: Span; hasBegun: boolean } | undefined;
  #isOver = false;

  /** @param context - In which the run began: its span becomes the parent. */
  constructor(tracing: Tracing, run: RunInfo, context: Context) {
    this.#tracing = tracing;
    this.#context = context;
    this.#common = tracing.attributes(run);
    const { agentName, agentKind, task } = run;
    const name = agentName ?? (agentKind === "code" ? "CodeAgent" : "ToolCallingAgent");
    this.#agent = this.#start("AGENT", name, { "agent.name": name, "smoltools.agent_kind": agentKind });
    this.#describe(this.#agent, () => tracing.content.value("input", task));
  }

  onEvent(event: AgentEvent): void {
    if (this.#isOver) return;
    const { content } = this.#tracing;
    switch (event.type) {
      case "step-start":
        this.#endRequest(unfinished);
        this.#step = this.#start("CHAIN", `Step ${event.step}`, { "smoltools.step": event.step }, this.#agent);
        break;
      case "model-request":
        this.#startRequest(event);
        break;
      case "model-delta":
        this.#markFirst(event.delta.type);
        break;
      case "model-reply":
        this.#endReply(event.reply);
        break;
      case "code":
        if (this.#step) this.#describe(this.#step, () => content.value("input", event.code));
        break;
      case "tool-call":
        this.#startCall(event);
        break;
      case "tool-result":
        this.#endCall(event);
        break;
      case "plan":
        this.#endRequest(event.step.error ?? unfinished);
        break;
      case "step":
        this.#endStep(event.step);
        break;
      default:
        break;
    }
  }

  /** The context of a call, for the run of a managed agent. */
  contextOf(callId: string): Context | undefined {
    const call = this.#calls.get(callId);
    return call && this.#below(call.span);
  }

  /** Does a call with its span as the active one. */
  aroundCall<Result>(call: ObservedCall, work: () => Promise<Result>): Promise<Result> {
    const open = this.#calls.get(call.id);
    if (!open) return work();
    const { content, api } = this.#tracing;
    const { description, inputSchema } = call.declaration;
    // A hook may have changed the input since the call was told of.
    this.#describe(open.span, () => ({
      ...content.value("input", call.input),
      ...content.attributes(() => ({
        "tool.description": cut(description),
        "tool.parameters": cut(boundedJson(inputSchema)),
      })),
    }));
    return api.context.with(this.#below(open.span), async () => {
      try {
        return await work();
      } catch (error) {
        open.thrown = { error };
        throw error;
      }
    });
  }

  /** Ends all that is open. */
  end(outcome: { result: AgentResult } | { error: unknown }): void {
    this.#isOver = true;
    const fail = (span: Span): void => {
      if ("error" in outcome) failSpan(span, outcome.error, this.#tracing);
      else failSpanWith(span, unfinished, this.#tracing);
      span.end();
    };
    if (this.#request) fail(this.#request.span);
    for (const { span } of this.#calls.values()) fail(span);
    this.#calls.clear();
    if (this.#step) fail(this.#step);
    if ("error" in outcome) fail(this.#agent);
    else this.#endWith(this.#agent, outcome.result);
  }

  #endWith(span: Span, { output, state, toolCalls }: AgentResult): void {
    this.#describe(span, () => ({
      ...this.#tracing.content.value("output", output),
      "smoltools.state": state,
      "smoltools.tool_calls": toolCalls,
    }));
    this.#endWell(span);
  }

  #startRequest({ step, purpose, modelId, request }: Extract<AgentEvent, { type: "model-request" }>): void {
    this.#endRequest(unfinished);
    const { content } = this.#tracing;
    const attributes = {
      "llm.model_name": modelId,
      "llm.invocation_parameters": invocationParameters(request),
      "smoltools.purpose": purpose,
      "smoltools.step": step,
    };
    const span = this.#start("LLM", `chat ${modelId}`, attributes, this.#step ?? this.#agent);
    this.#request = { span, hasBegun: false };
    const last = request.messages.at(-1);
    this.#describe(span, () => ({
      ...(last && content.value("input", messageText(last))),
      ...content.attributes(() => inputAttributes(request)),
    }));
  }

  /** The event's name is that of other instrumentations of OpenInference. */
  #markFirst(delta: string): void {
    if (!this.#request || this.#request.hasBegun || delta === "usage" || delta === "finish") return;
    this.#request.hasBegun = true;
    this.#request.span.addEvent("First Token Stream Event");
  }

  #endReply(reply: ModelReply): void {
    const span = this.#request?.span;
    if (!span) return;
    const { content } = this.#tracing;
    this.#request = undefined;
    this.#describe(span, () => ({
      ...figureAttributes(reply),
      ...content.value("output", reply.text === "" ? reply.toolCalls : reply.text),
      ...content.attributes(() => outputAttributes(reply)),
    }));
    this.#endWell(span);
  }

  #endRequest(error: { code: string; message: string }): void {
    const span = this.#request?.span;
    if (!span) return;
    this.#request = undefined;
    failSpanWith(span, error, this.#tracing);
    span.end();
  }

  #startCall({ id, tool, input }: Extract<AgentEvent, { type: "tool-call" }>): void {
    const span = this.#start("TOOL", tool, { "tool.name": tool, "tool.id": id }, this.#step ?? this.#agent);
    this.#calls.set(id, { span });
    this.#describe(span, () => this.#tracing.content.value("input", input));
  }

  #endCall({ id, output, error }: Extract<AgentEvent, { type: "tool-result" }>): void {
    const call = this.#calls.get(id);
    if (!call) return;
    const { content } = this.#tracing;
    this.#calls.delete(id);
    if (error === undefined) {
      this.#describe(call.span, () => content.value("output", output));
      this.#endWell(call.span);
      return;
    }
    if (call.thrown) failSpan(call.span, call.thrown.error, this.#tracing);
    else failSpanWith(call.span, { code: "CALL_REFUSED", message: error }, this.#tracing);
    call.span.end();
  }

  #endStep(step: ActionStep): void {
    this.#endRequest(step.error ?? unfinished);
    const span = this.#step;
    if (!span) return;
    this.#step = undefined;
    const { content } = this.#tracing;
    const answers = step.answers.map(({ text }) => text).join("\n");
    const output = step.finalAnswer ? step.finalAnswer.value : (step.observation ?? answers);
    this.#describe(span, () => content.value("output", output));
    if (!step.error) {
      this.#endWell(span);
      return;
    }
    failSpanWith(span, step.error, this.#tracing);
    span.end();
  }

  #start(kind: "AGENT" | "CHAIN" | "LLM" | "TOOL", name: string, attributes: Attributes, parent?: Span): Span {
    const { tracer } = this.#tracing;
    const all = { "openinference.span.kind": kind, ...this.#common, ...attributes };
    return tracer.startSpan(name, { attributes: all }, parent ? this.#below(parent) : this.#context);
  }

  /** Adds attributes that take work, unless nobody keeps them. */
  #describe(span: Span, attributes: () => Attributes): void {
    if (span.isRecording()) span.setAttributes(attributes());
  }

  #endWell(span: Span): void {
    span.setStatus({ code: this.#tracing.api.SpanStatusCode.OK });
    span.end();
  }

  #below(span: Span): Context {
    return this.#tracing.api.trace.setSpan(this.#context, span);
  }
}
