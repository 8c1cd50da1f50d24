import type { QuickJSContext, QuickJSHandle } from "quickjs-emscripten-core";

/** The engine has no memory left for a value that is to be copied into or out of it. */
export class GuestMemoryError extends Error {
  constructor() {
    super("out of memory");
    this.name = "InternalError";
  }
}

/** Addresses below this one are never used, so that writing there does no harm. */
const unusedBytes = 1024;

/**
 * Copies texts and bytes into and out of an engine.
 *
 * quickjs-emscripten does not notice when an allocation fails: it would write to address 0, so here the room is
 * tried first; and it reads what it could not copy as an empty text, so no text that is read may be empty.
 */
export class GuestValues {
  readonly #context: QuickJSContext;
  readonly #hasMemory: (bytes: number) => boolean;

  constructor(context: QuickJSContext, hasMemory: (bytes: number) => boolean) {
    this.#context = context;
    this.#hasMemory = hasMemory;
  }

  /** A text that is not empty, such as JSON. */
  text(handle: QuickJSHandle | undefined): string {
    const text = handle ? this.#context.getString(handle) : "";
    if (text === "") throw new GuestMemoryError();
    return text;
  }

  optionalText(handle: QuickJSHandle | undefined): string | undefined {
    return handle && this.#context.typeof(handle) === "string" ? this.text(handle) : undefined;
  }

  number(handle: QuickJSHandle | undefined): number {
    return handle ? this.#context.getNumber(handle) : Number.NaN;
  }

  bytes(handle: QuickJSHandle | undefined): Uint8Array {
    if (!handle) return new Uint8Array();
    using view = this.#context.getArrayBuffer(handle);
    return view.value.slice();
  }

  /** A text inside the engine; `undefined` for none. The caller disposes it. */
  newText(text: string | undefined): QuickJSHandle {
    if (text === undefined) return this.#context.undefined;
    // While it is made, the text is there as UTF-8 and as the string itself.
    this.#need(5 * text.length);
    return this.#context.newString(text);
  }

  newBytes(bytes: Uint8Array): QuickJSHandle {
    this.#need(2 * bytes.byteLength);
    return this.#context.newArrayBuffer(new Uint8Array(bytes).buffer);
  }

  #need(bytes: number): void {
    if (bytes >= unusedBytes && !this.#hasMemory(bytes)) throw new GuestMemoryError();
  }
}
