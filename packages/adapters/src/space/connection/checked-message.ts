import { fieldOf, isRecord, parseJson } from "../../shared/json-access.ts";

/** Names by which an edit would leave the value that it changes, and reach what all objects share. */
const ways = new Set(["__proto__", "constructor", "prototype"]);

/** What messages are checked against. */
export interface MessageChecks {
  /** Number of values that the endpoint gives. */
  outputCount: number;
  /** Values after the first are lists of edits of the one before. */
  hasEdits: boolean;
}

/**
 * A message of a queue, made fit for the library, which believes what it is sent: it crashes on what is not JSON, and
 * applies edits to values along any path, out of the value too.
 *
 * @param data - The data of one event.
 * @returns The message, as it was and without what draws new components.
 * @throws Error that says what is wrong with it.
 */
export function checkedMessage(
  data: string,
  { outputCount, hasEdits }: MessageChecks,
): { message: Record<string, unknown>; text: string } {
  const message = parseJson(data);
  if (!isRecord(message)) throw new Error("a message that is not a JSON object");
  const { msg, event_id: event, output } = message;
  if (typeof msg !== "string") throw new Error("a message without a name");
  if (typeof event === "string" && (!/^[\w-]+$/.test(event) || ways.has(event))) throw new Error("a bad id");
  if (!/^process_(?:completed|generating|streaming)$/.test(msg) || failureOf(message) !== undefined) {
    return { message, text: data };
  }
  const values = fieldOf(output, "data");
  if (!isRecord(output) || !Array.isArray(values)) throw new Error("a value without its data");
  if (values.length < outputCount) throw new Error("fewer values than it declares");
  if (msg === "process_generating" && hasEdits) for (const value of values) checkEdits(value);
  if (output["render_config"] === undefined || output["render_config"] === null) return { message, text: data };
  const { render_config: _, ...kept } = output;
  return { message, text: JSON.stringify({ ...message, output: kept }) };
}

const operations = new Set(["add", "append", "delete", "replace"]);

/** An edit is `[operation, path, value]`. */
function checkEdits(edits: unknown): void {
  if (!Array.isArray(edits)) throw new Error("a malformed change of a value");
  for (const edit of edits as unknown[]) {
    const [operation, path]: unknown[] = Array.isArray(edit) ? edit : [];
    const isEdit = typeof operation === "string" && operations.has(operation) && Array.isArray(path);
    if (!isEdit) throw new Error("a malformed change of a value");
    const isWithin = path.every((step: unknown) => typeof step === "number" || typeof step === "string");
    if (!isWithin || path.some((step: unknown) => ways.has(String(step)))) {
      throw new Error("a change of what all objects share");
    }
  }
}

/** What a failed message says went wrong. */
export function failureOf(message: Record<string, unknown>): string | undefined {
  const { msg, output, success } = message;
  if (msg === "unexpected_error") return textOf(message["message"]);
  const isFailed = success === false || fieldOf(output, "error") !== undefined;
  if (!(msg === "process_completed" || msg === "process_generating") || !isFailed) return undefined;
  return textOf(fieldOf(output, "error"));
}

/** Apps that do not show their errors say nothing. */
function textOf(error: unknown): string {
  return typeof error === "string" ? error : "";
}
