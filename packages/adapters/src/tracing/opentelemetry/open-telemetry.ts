import type { Attributes, Tracer } from "@opentelemetry/api";
import type { AgentObserver, RunInfo } from "@smoltools/core";
import { importPeer } from "../../shared/optional-peer.ts";
import { Content } from "./content.ts";
import { RunSpans } from "./run-spans.ts";
import type { Tracing } from "./tracing.ts";

/** Options of {@link openTelemetry}. */
export interface OpenTelemetryOptions {
  /** Makes the spans. Default: the tracer `@smoltools/adapters` of the global provider. */
  readonly tracer?: Tracer;
  /**
   * Record what goes in and out: tasks, prompts, answers, code, inputs and outputs of tools, messages of errors. Without
   * it the spans say what happened when, for how many tokens, and with which code it failed. @default true
   */
  readonly captureContent?: boolean;
  /** Attributes of every span, such as `session.id` and `user.id`; a function is asked once for each run. */
  readonly attributes?: Attributes | ((run: RunInfo) => Attributes);
}

/**
 * An observer that traces runs with OpenTelemetry, with the attributes of OpenInference, which Phoenix, Langfuse and
 * others read: a span of the kind `AGENT` for each run, `CHAIN` for each step, `LLM` for each request to a model and
 * `TOOL` for each call. The run of a managed agent is below the call that asked for it.
 *
 * While a tool works, its span is the active one: what instrumentations of HTTP clients and databases record is below
 * it, given a context manager. Texts are cut at 16,000 characters, long conversations to their first message and their
 * latest ones. Images and other media are named without their bytes.
 *
 * Attributes: https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md
 *
 * @throws AdapterError `ADAPTER_PEER_MISSING` when `@opentelemetry/api` is not installed.
 *
 * @example
 * const agent = new CodeAgent({ model, sandbox, observers: [await openTelemetry()] });
 */
export async function openTelemetry(options: OpenTelemetryOptions = {}): Promise<AgentObserver> {
  const { captureContent = true, attributes = {} } = options;
  const api = await importPeer(() => import("@opentelemetry/api"), {
    packageName: "@opentelemetry/api",
    versions: ">=1.9.0 <2",
    neededFor: "openTelemetry",
  });
  const tracing: Tracing = {
    api,
    tracer: options.tracer ?? api.trace.getTracer("@smoltools/adapters"),
    content: new Content(captureContent),
    attributes: typeof attributes === "function" ? attributes : () => attributes,
  };
  const runs = new WeakMap<RunInfo, RunSpans>();
  return {
    onStart(run) {
      const above = run.parent && runs.get(run.parent.run)?.contextOf(run.parent.callId);
      runs.set(run, new RunSpans(tracing, run, above ?? api.context.active()));
    },
    onEvent(event, run) {
      runs.get(run)?.onEvent(event);
    },
    onEnd(outcome, run) {
      runs.get(run)?.end(outcome);
    },
    aroundCall(call, run, work) {
      const spans = runs.get(run);
      return spans ? spans.aroundCall(call, work) : work();
    },
  };
}
