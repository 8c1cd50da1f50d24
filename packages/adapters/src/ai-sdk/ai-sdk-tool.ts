/**
 * A tool of the AI SDK 6 or 7, by its shape, so that `ai` need not be installed.
 *
 * Source: `Tool` of `@ai-sdk/provider-utils`.
 */
export interface AiSdkTool {
  /** Absent, `"function"` or `"dynamic"`; the tools of providers have others. */
  readonly type?: unknown;
  readonly title?: unknown;
  /** A text, or a function that makes it from the context. */
  readonly description?: unknown;
  /** A schema of zod 3 or 4, a Standard Schema, what `jsonSchema()` returns, or a function that gives one of these. */
  readonly inputSchema: unknown;
  readonly outputSchema?: unknown;
  readonly contextSchema?: unknown;
  readonly needsApproval?: unknown;
  readonly metadata?: unknown;
  readonly execute?: unknown;
  readonly toModelOutput?: unknown;
}

/** Tools of the AI SDK by their names. */
export type AiSdkToolSet = Readonly<Record<string, AiSdkTool>>;

/** A function of which nothing is known. */
type AnyFunction = (...parameters: unknown[]) => unknown;

/** Tells whether a value can be called. */
export function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}
