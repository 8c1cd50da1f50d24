import type { CodeCheck, CodeFinding } from "@smoltools/core";
import type { CheckerHost } from "./checker-host.ts";
import type { CheckerThread } from "./checker-thread.ts";
import type { ConversationSetup, ToWorker } from "./protocol.ts";
import { variableType } from "./variable-type.ts";

/** The bounds of a check. */
export interface CheckLimits {
  timeoutMs: number;
  maxCodeBytes: number;
}

/** Deeper code takes parsers a stack that they may not have. */
const maxNesting = 400;

let nextConversation = 1;

/** The checks of one conversation, seen from the thread that asks for them. Nothing here throws: see `typeCheck`. */
export class ConversationCheck implements CodeCheck {
  readonly #host: CheckerHost;
  readonly #hold: Disposable;
  readonly #limits: CheckLimits;
  readonly #conversation = nextConversation++;
  #setup: ConversationSetup;
  /** The thread that knows this conversation. */
  #thread: CheckerThread | undefined;
  #disposed = false;

  constructor(host: CheckerHost, setup: ConversationSetup, limits: CheckLimits) {
    this.#host = host;
    this.#hold = host.hold();
    this.#setup = setup;
    this.#limits = limits;
  }

  /**
   * Waits until the thread knows the conversation. A checker that fails here is not missed: it finds nothing.
   *
   * @throws TypeScriptUnavailable
   */
  async open(): Promise<void> {
    const thread = this.#host.thread();
    if (!thread) return;
    this.#thread = thread;
    await thread.open(this.#opening());
  }

  findings(code: string): CodeFinding[] {
    if (this.#disposed || this.#isTooMuch(code)) return [];
    const thread = this.#reach();
    if (!thread) return [];
    const findings = thread.ask(this.#conversation, code, this.#limits.timeoutMs);
    if (findings) this.#host.succeeded();
    else this.#host.failed(thread);
    return findings ?? [];
  }

  define(variables: Readonly<Record<string, unknown>>): void {
    if (this.#disposed) return;
    const types = Object.entries(variables).map(([name, value]) => [name, variableType(value)] as const);
    const kept = this.#setup.variables.filter(([name]) => !Object.hasOwn(variables, name));
    this.#setup = { ...this.#setup, variables: [...kept, ...types] };
    // A step that does nothing but declare them: later definitions of a name hide earlier ones.
    if (types.length > 0) this.ran(types.map(([name, type]) => `var ${name}: ${type};`).join("\n"));
  }

  ran(code: string): void {
    if (this.#disposed) return;
    const isKnown = !this.#isTooMuch(code);
    if (!isKnown) this.#setup = { ...this.#setup, namesUnknown: true };
    this.#reach()?.post({ type: "ran", conversation: this.#conversation, ...(isKnown && { code }) });
  }

  forget(): void {
    if (this.#disposed) return;
    this.#reach()?.post({ type: "forget", conversation: this.#conversation });
    this.#setup = { ...this.#setup, namesUnknown: false };
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#thread?.post({ type: "close", conversation: this.#conversation });
    this.#hold[Symbol.dispose]();
  }

  /** The thread, told of the conversation if it is a new one after a failure. */
  #reach(): CheckerThread | undefined {
    const thread = this.#host.thread();
    if (thread && thread !== this.#thread) {
      // What earlier steps left behind went with the old thread.
      if (this.#thread) this.#setup = { ...this.#setup, namesUnknown: true };
      this.#thread = thread;
      thread.post(this.#opening());
    }
    return thread;
  }

  #opening(): Extract<ToWorker, { type: "open" }> {
    return { type: "open", conversation: this.#conversation, setup: this.#setup };
  }

  #isTooMuch(code: string): boolean {
    const { maxCodeBytes } = this.#limits;
    // No text has fewer bytes than characters.
    return code.length > maxCodeBytes || Buffer.byteLength(code) > maxCodeBytes || nesting(code) > maxNesting;
  }
}

/**
 * How deep brackets are nested in code, at most. Those in texts and comments count as well: what matters is that no
 * parser meets more.
 */
function nesting(code: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of code.matchAll(/[()[\]{}]/g)) {
    depth = "([{".includes(bracket) ? depth + 1 : Math.max(depth - 1, 0);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
