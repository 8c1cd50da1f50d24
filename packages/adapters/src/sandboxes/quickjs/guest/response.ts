import { RangeError } from "./builtins.ts";
import { Body, type BodyInit, readBody } from "./body.ts";
import { Headers } from "./headers.ts";
import { toJson } from "./intrinsics.ts";

interface ResponseInit {
  status?: number;
  statusText?: string;
  headers?: ConstructorParameters<typeof Headers>[0];
}

/** The answer to a request. */
export class Response extends Body {
  readonly type = "default";
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly redirected: boolean;

  constructor(body?: BodyInit, init: ResponseInit = {}, from: { url: string; redirected: boolean } = local) {
    const { bytes, type } = readBody(body);
    super(bytes);
    this.status = init.status ?? 200;
    if (this.status < 200 || this.status > 599) throw new RangeError(`${this.status} is not a response status`);
    this.statusText = init.statusText ?? "";
    this.headers = new Headers(init.headers);
    this.url = from.url;
    this.redirected = from.redirected;
    if (type !== undefined && !this.headers.has("content-type")) this.headers.set("content-type", type);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  clone(): Response {
    return new Response(Body.bytesFor(this), this, this);
  }

  static json(value: unknown, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return new Response(toJson(value), { ...init, headers });
  }
}

const local = { url: "", redirected: false };
