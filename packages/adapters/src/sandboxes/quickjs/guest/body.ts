import { ArrayBuffer, String, TypeError, Uint8Array } from "./builtins.ts";
import { Blob } from "./blob.ts";
import { FormData } from "./form-data.ts";
import { parseJson } from "./intrinsics.ts";
import { readMultipart, writeMultipart } from "./multipart.ts";
import { bytesOf, decode, utf8 } from "./services.ts";
import { URLSearchParams } from "./url-search-params.ts";

/** What may be given as a body. */
export type BodyInit = string | ArrayBuffer | ArrayBufferView | Blob | FormData | URLSearchParams | null | undefined;

const formType = "application/x-www-form-urlencoded";

/** The bytes of a request or response, which may be read once. They are not a stream: `body` is always null. */
export abstract class Body {
  readonly body = null;
  abstract readonly headers: { get(name: string): string | null };
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

  async blob(): Promise<Blob> {
    return new Blob([this.#take()], { type: this.headers.get("content-type") ?? "" });
  }

  async text(): Promise<string> {
    return decode(this.#take(), { encoding: "utf-8" }) ?? "";
  }

  async json(): Promise<unknown> {
    return parseJson(await this.text());
  }

  async formData(): Promise<FormData> {
    const type = this.headers.get("content-type") ?? "";
    if (/^multipart\/form-data\b/i.test(type)) return readMultipart(this.#take(), type);
    if (!type.toLowerCase().startsWith(formType)) {
      throw new TypeError(`a body of the type "${type}" is no form: read it as text, json or bytes`);
    }
    const form = new FormData();
    for (const [name, value] of new URLSearchParams(await this.text())) form.append(name, value);
    return form;
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
  if (body instanceof Blob) return { bytes: Blob.bytesOf(body), ...(body.type !== "" && { type: body.type }) };
  if (body instanceof FormData) return writeMultipart(body);
  if (body instanceof URLSearchParams) return { bytes: utf8(String(body)), type: `${formType};charset=UTF-8` };
  if (typeof body === "object") {
    throw new TypeError("a body must be a text, bytes, a Blob, FormData or URLSearchParams");
  }
  return { bytes: utf8(String(body)), type: "text/plain;charset=UTF-8" };
}
