import { bytesOf, decode, utf8 } from "./services.ts";
import { URLSearchParams } from "./url-search-params.ts";

/** What may be given as a body. */
export type BodyInit = string | ArrayBuffer | ArrayBufferView | URLSearchParams | null | undefined;

/** The bytes of a request or response, which may be read once. */
export class Body {
  readonly body = null;
  #bytes: Uint8Array;
  #used = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get bodyUsed(): boolean {
    return this.#used;
  }

  async bytes(): Promise<Uint8Array> {
    return this.#take();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(this.#take()).buffer;
  }

  async text(): Promise<string> {
    return decode(this.#take(), { encoding: "utf-8" }) ?? "";
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** The bytes for a copy; the body stays readable. */
  static bytesFor(body: Body): Uint8Array {
    if (body.#used) throw new TypeError("the body has been read already");
    return body.#bytes;
  }

  #take(): Uint8Array {
    if (this.#used) throw new TypeError("the body has been read already");
    this.#used = true;
    return this.#bytes;
  }
}

/** The bytes of a body, and the content type that goes with its kind. */
export function readBody(body: BodyInit): { bytes: Uint8Array; type?: string } {
  if (body === null || body === undefined) return { bytes: new Uint8Array() };
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return { bytes: bytesOf(body).slice() };
  if (body instanceof URLSearchParams) {
    return { bytes: utf8(String(body)), type: "application/x-www-form-urlencoded;charset=UTF-8" };
  }
  if (typeof body === "object") throw new TypeError("a body must be a text, bytes or URLSearchParams");
  return { bytes: utf8(String(body)), type: "text/plain;charset=UTF-8" };
}
