import type { HostFunction } from "../../sandbox/sandbox.ts";

/** What `canary` gives to the code, and must stay. */
const canaryJson = '{"name":"canary","nested":{"value":"unharmed","list":[1,2,3]}}';

/** The host of a hostile program: functions that it can call, and what became of them. */
export class HostileHost {
  readonly #canary = JSON.parse(canaryJson) as Record<string, unknown>;
  readonly #violations: string[] = [];
  #running = false;
  #calls = 0;
  #open = 0;

  /** The functions, as a sandbox takes them. */
  readonly functions: Readonly<Record<string, HostFunction>> = {
    echo: (args) => {
      this.#note("echo", args);
      return args[0];
    },
    fail: (args) => {
      this.#note("fail", args);
      throw new Error("no");
    },
    canary: (args) => {
      this.#note("canary", args);
      return this.#canary;
    },
    never: async (args, { signal }) => {
      this.#note("never", args);
      this.#open += 1;
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener("abort", () => resolve(), { once: true });
      });
      this.#open -= 1;
    },
  };

  /** A run begins, or is over. */
  set running(running: boolean) {
    this.#running = running;
  }

  /** Calls so far. */
  get calls(): number {
    return this.#calls;
  }

  /** Calls that are still open: after a run there must be none. */
  get open(): number {
    return this.#open;
  }

  /** What the code did to the host through its functions, in words. */
  violations(): string[] {
    const unharmed = JSON.stringify(this.#canary) === canaryJson && isPlain(this.#canary);
    return unharmed ? this.#violations : [...this.#violations, "the host's own object was changed"];
  }

  #note(name: string, args: unknown[]): void {
    this.#calls += 1;
    if (!this.#running) this.#violations.push(`${name} was called while nothing ran`);
    if (!isPlain(args)) this.#violations.push(`${name} was given more than plain values`);
  }
}

/** So many parts of an argument are looked at. */
const maxParts = 10_000;

/** Whether a value is made of nothing but JSON's values, with the prototypes that the host gives them. */
function isPlain(value: unknown): boolean {
  const parts = [value];
  for (let seen = 0; parts.length > 0 && seen < maxParts; seen += 1) {
    const part = parts.pop();
    if (typeof part === "function" || typeof part === "symbol" || typeof part === "bigint") return false;
    if (typeof part !== "object" || part === null) continue;
    const prototype: unknown = Object.getPrototypeOf(part);
    if (prototype !== (Array.isArray(part) ? Array.prototype : Object.prototype)) return false;
    for (const key of Object.keys(part).slice(0, maxParts)) {
      const property = Object.getOwnPropertyDescriptor(part, key);
      if (!property || !("value" in property)) return false;
      parts.push(property.value);
    }
  }
  return true;
}
