import { Error, RangeError, String } from "./builtins.ts";
import type { GuestFailure } from "./host.ts";
import { inspect } from "./inspect.ts";
import { defineProperty, toJson, wellFormed } from "./intrinsics.ts";

/** Longest message of an error that leaves the sandbox, in characters. */
const maxMessage = 4000;

const limits = new WeakMap<object, string>();

/** Says which limit an error stands for, so that it is still known when the error leaves the sandbox. */
export function markLimit<E extends Error>(error: E, limit: string): E {
  setName(error, "LimitError");
  limits.set(error, limit);
  return error;
}

/** An error for a limit that was reached. */
export function limitError(limit: string, message: string): Error {
  return markLimit(new RangeError(message), limit);
}

/** Gives an error a name of its own, as subclasses have. */
export function setName(error: Error, name: string): void {
  defineProperty(error, "name", { value: name, configurable: true, writable: true, enumerable: false });
}

/** The description of anything that was thrown, as JSON of a {@link GuestFailure}. Never throws. */
export function describeFailure(thrown: unknown): string {
  try {
    const failure: GuestFailure =
      thrown instanceof Error
        ? { name: cut(thrown.name), message: cut(thrown.message), stack: cut(thrown.stack) }
        : { name: typeof thrown, message: cut(inspect(thrown, maxMessage)), stack: "" };
    const limit = typeof thrown === "object" && thrown !== null ? limits.get(thrown) : undefined;
    // Without a prototype: code may have given the one of all objects a `toJSON`.
    return toJson({ __proto__: null, ...failure, ...(limit !== undefined && { limit }) });
  } catch {
    return '{"name":"Error","message":"an error that cannot be shown","stack":""}';
  }
}

function cut(text: unknown): string {
  const full = String(text ?? "");
  const kept = full.length > maxMessage ? full.slice(0, maxMessage) : full;
  return wellFormed(kept) + (kept.length < full.length ? "… (cut)" : "");
}
