import { String, TypeError, Uint8Array } from "./builtins.ts";
import type { AbortSignal } from "./abort.ts";
import { Body, type BodyInit, readBody } from "./body.ts";
import { Headers } from "./headers.ts";
import type { Redirect } from "./host-fetch.ts";
import { URL } from "./url.ts";

/** Options of `fetch` and of `new Request`. Options that only make sense in a browser are ignored. */
export interface RequestInit {
  method?: string;
  headers?: ConstructorParameters<typeof Headers>[0];
  body?: BodyInit;
  redirect?: Redirect;
  signal?: AbortSignal | null;
}

const upperCased: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/** A request that `fetch` can send. */
export class Request extends Body {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly redirect: Redirect;
  readonly signal: AbortSignal | undefined;

  constructor(input: string | URL | Request, init: RequestInit = {}) {
    const from = input instanceof Request ? input : undefined;
    const method = methodOf(init.method ?? from?.method ?? "GET");
    const given = init.body !== undefined && init.body !== null;
    const inherited = from ? Body.bytesFor(from) : new Uint8Array();
    const { bytes, type } = given ? readBody(init.body) : { bytes: inherited };
    if (given && (method === "GET" || method === "HEAD")) throw new TypeError(`a ${method} request cannot have a body`);
    super(bytes);
    this.url = new URL(from ? from.url : (input as string | URL)).href;
    this.method = method;
    this.headers = new Headers(init.headers ?? from?.headers);
    this.redirect = redirectOf(init.redirect ?? from?.redirect ?? "follow");
    this.signal = init.signal === undefined ? from?.signal : (init.signal ?? undefined);
    if (type !== undefined && !this.headers.has("content-type")) this.headers.set("content-type", type);
  }

  clone(): Request {
    return new Request(this);
  }
}

function methodOf(method: string): string {
  const upper = String(method).toUpperCase();
  return upperCased.has(upper) ? upper : String(method);
}

function redirectOf(value: unknown): Redirect {
  if (value === "follow" || value === "error" || value === "manual") return value;
  throw new TypeError(`${String(value)} is no way to take redirects: "follow", "error" and "manual" are`);
}
