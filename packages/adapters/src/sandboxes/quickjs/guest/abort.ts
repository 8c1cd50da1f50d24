import { TypeError } from "./builtins.ts";
import { DOMException } from "./dom-exception.ts";
import { Event, EventTarget } from "./events.ts";
import { setTimeout } from "./timers.ts";

const create = Symbol("create");

/** A signal that says when work should end. */
export class AbortSignal extends EventTarget {
  aborted = false;
  reason: unknown = undefined;
  onabort: ((event: Event) => unknown) | null = null;

  constructor(key?: symbol) {
    super();
    if (key !== create) throw new TypeError("AbortSignal cannot be made with new: use an AbortController");
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  static abort(reason?: unknown): AbortSignal {
    const signal = new AbortSignal(create);
    abort(signal, reason);
    return signal;
  }

  static timeout(delayMs: number): AbortSignal {
    const signal = new AbortSignal(create);
    setTimeout(
      () => abort(signal, new DOMException("The operation was aborted due to timeout", "TimeoutError")),
      delayMs,
    );
    return signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const result = new AbortSignal(create);
    for (const signal of signals) {
      if (signal.aborted) abort(result, signal.reason);
      else signal.addEventListener("abort", () => abort(result, signal.reason), { once: true });
    }
    return result;
  }
}

/** Aborts the signal that it owns. */
export class AbortController {
  readonly signal: AbortSignal = new AbortSignal(create);

  abort(reason?: unknown): void {
    abort(this.signal, reason);
  }
}

function abort(signal: AbortSignal, reason: unknown): void {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
  const event = new Event("abort");
  event.target = signal;
  try {
    signal.onabort?.(event);
  } finally {
    signal.dispatchEvent(event);
  }
}
