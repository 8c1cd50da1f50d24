// The public API of @smoltools/adapters/tracing/opentelemetry: named exports only.

export { AdapterError, type AdapterErrorCode } from "../../shared/adapter-error.ts";
export { openTelemetry, type OpenTelemetryOptions } from "./open-telemetry.ts";
