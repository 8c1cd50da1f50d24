import type { ModelDelta } from "@smoltools/core";
import { utf8 } from "../../../shared/bytes.ts";
import { StopCutter } from "../../shared/answer/stop-cutter.ts";
import type { Deadline } from "../../../shared/async/deadline.ts";
import { untilAborted } from "../../../shared/async/until-aborted.ts";
import type { ModelLimits } from "../../shared/limits.ts";
import type { CallErrors } from "./call-errors.ts";
import type { StreamDecoder } from "./stream-decoder.ts";

/** A provider that has said all has nothing left to send but the end. */
const longestEndMs = 1000;

/** What an answer is read with. */
export interface ReadOptions {
  decoder: StreamDecoder;
  errors: CallErrors;
  limits: ModelLimits;
  /** Ends the reading; it is armed for the first part, and then for each. */
  deadline: Deadline;
  /** Texts at which the answer ends. Providers that do not know them, or not so many, send on behind them. */
  stop: readonly string[];
}

/**
 * Reads a language model's stream to its end, or to a stop text.
 *
 * @throws ModelError or Retryable, as it is before the answer has begun.
 */
export async function* readAnswer(
  stream: ReadableStream<unknown>,
  { decoder, errors, limits, deadline, stop }: ReadOptions,
): AsyncGenerator<ModelDelta, void, undefined> {
  const { idleTimeoutMs, maxResponseBytes } = limits;
  const cutter = new StopCutter(stop);
  const reader = stream.getReader();
  let bytes = 0;
  try {
    while (!decoder.finished) {
      const { done, value } = await untilAborted(reader.read(), deadline.signal);
      if (done) throw errors.broken("it ended before its end");
      // What the reader of the deltas takes its time for is not the provider's silence.
      deadline.disarm();
      for (const delta of decoder.push(value)) {
        bytes += sizeOf(delta);
        if (bytes > maxResponseBytes) throw errors.tooLarge(maxResponseBytes);
        const { text, stopped } =
          delta.type === "text" ? cutter.push(delta.text) : { text: cutter.flush(), stopped: false };
        if (text !== "") yield { type: "text", text };
        if (stopped) {
          yield { type: "finish", reason: "stop" };
          return;
        }
        if (delta.type !== "text") yield delta;
      }
      deadline.arm(idleTimeoutMs, () => errors.timedOut("idleTimeoutMs", idleTimeoutMs));
    }
  } finally {
    if (decoder.finished) await readToEnd(reader);
    else void cancel(reader);
  }
}

/** Ends the request. A stream that is broken cannot be ended; that it is broken is known already. */
function cancel(reader: ReadableStreamDefaultReader<unknown>): Promise<void> {
  return reader.cancel().catch(() => undefined);
}

/** Lets a complete answer come to its end, so that its connection can be used again. */
async function readToEnd(reader: ReadableStreamDefaultReader<unknown>): Promise<void> {
  const timer = setTimeout(() => void cancel(reader), longestEndMs);
  try {
    while (!(await reader.read()).done);
  } catch {
    // Nothing of the answer is missing.
  } finally {
    clearTimeout(timer);
  }
}

function sizeOf(delta: ModelDelta): number {
  if (delta.type === "tool-call") return utf8(delta.arguments ?? "").byteLength;
  return delta.type === "text" || delta.type === "reasoning" ? utf8(delta.text).byteLength : 0;
}
