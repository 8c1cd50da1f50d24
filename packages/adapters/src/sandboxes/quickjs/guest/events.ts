import { Date, Map, String } from "./builtins.ts";

type Listener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

interface ListenerOptions {
  once?: boolean;
  signal?: { aborted: boolean; addEventListener(type: string, listener: () => void): void };
}

/** An event, without the phases of a document tree. */
export class Event {
  readonly type: string;
  readonly cancelable: boolean;
  readonly timeStamp: number = Date.now();
  target: unknown = null;
  defaultPrevented = false;
  /** Set by `stopImmediatePropagation`. */
  stopped = false;

  constructor(type: string, options: { cancelable?: boolean } = {}) {
    this.type = String(type);
    this.cancelable = options.cancelable ?? false;
  }

  get currentTarget(): unknown {
    return this.target;
  }

  preventDefault(): void {
    if (this.cancelable) this.defaultPrevented = true;
  }

  stopPropagation(): void {}

  stopImmediatePropagation(): void {
    this.stopped = true;
  }
}

/** An event with a value of the program. */
export class CustomEvent extends Event {
  readonly detail: unknown;

  constructor(type: string, options: { cancelable?: boolean; detail?: unknown } = {}) {
    super(type, options);
    this.detail = options.detail ?? null;
  }
}

/** Listeners by type. What a listener throws does not stop the others; it is thrown once all have run. */
export class EventTarget {
  readonly #listeners = new Map<string, Map<Listener, boolean>>();

  addEventListener(type: string, listener: Listener | null, options: boolean | ListenerOptions = {}): void {
    if (!listener) return;
    const { once = false, signal } = typeof options === "object" ? options : {};
    if (signal?.aborted) return;
    const listeners = this.#listeners.get(type) ?? new Map<Listener, boolean>();
    this.#listeners.set(type, listeners);
    if (!listeners.has(listener)) listeners.set(listener, once);
    signal?.addEventListener("abort", () => this.removeEventListener(type, listener));
  }

  removeEventListener(type: string, listener: Listener | null): void {
    if (listener) this.#listeners.get(type)?.delete(listener);
  }

  /** @returns False when a listener prevented the default. */
  dispatchEvent(event: Event): boolean {
    event.target = this;
    const errors: unknown[] = [];
    for (const [listener, once] of this.#listeners.get(event.type) ?? []) {
      if (event.stopped) break;
      if (once) this.removeEventListener(event.type, listener);
      try {
        if (typeof listener === "function") listener.call(this, event);
        else listener.handleEvent(event);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    return !event.defaultPrevented;
  }
}
