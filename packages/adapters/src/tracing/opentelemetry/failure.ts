import type { Exception, Span } from "@opentelemetry/api";
import { errorMessage, isSmoltoolsError } from "@smoltools/core";
import { cut } from "./content.ts";
import type { Tracing } from "./tracing.ts";

/** Something that went wrong, with the stable code of the error if it has one. */
interface Failure {
  readonly code?: string;
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/** Marks a span as failed, with the error as it was thrown. */
export function failSpan(span: Span, error: unknown, tracing: Tracing): void {
  recordFailure(span, failureOf(error), tracing);
}

/** Marks a span as failed by an error of which only code and message are left. */
export function failSpanWith(span: Span, error: { code: string; message: string }, tracing: Tracing): void {
  recordFailure(span, { ...error, name: error.code }, tracing);
}

function recordFailure(span: Span, { code, name, message, stack }: Failure, { api, content }: Tracing): void {
  const { isCaptured } = content;
  const type = code ?? name;
  // Messages quote what models and tools said.
  const exception: Exception = isCaptured
    ? { name: type, message: cut(message), ...(stack !== undefined && { stack: cut(stack) }) }
    : { name: type };
  span.recordException(exception);
  span.setStatus({ code: api.SpanStatusCode.ERROR, message: isCaptured ? `${type}: ${cut(message)}` : type });
}

function failureOf(error: unknown): Failure {
  const message = errorMessage(error);
  if (!(error instanceof Error)) return { name: typeof error, message };
  const { name, stack } = error;
  return {
    name,
    message,
    ...(isSmoltoolsError(error) && { code: error.code }),
    ...(stack !== undefined && { stack }),
  };
}
