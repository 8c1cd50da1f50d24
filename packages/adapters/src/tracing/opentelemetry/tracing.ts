import type * as OpenTelemetryApi from "@opentelemetry/api";
import type { RunInfo } from "@smoltools/core";
import type { Content } from "./content.ts";

/** What the spans of all runs have in common. */
export interface Tracing {
  readonly api: typeof OpenTelemetryApi;
  readonly tracer: OpenTelemetryApi.Tracer;
  readonly content: Content;
  /** Attributes of every span of a run. */
  readonly attributes: (run: RunInfo) => OpenTelemetryApi.Attributes;
}
