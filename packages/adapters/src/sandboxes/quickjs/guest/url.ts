import { String, TypeError } from "./builtins.ts";
import { ask } from "./services.ts";
import { onParamsChange, URLSearchParams } from "./url-search-params.ts";

/** The parts of a URL, as the host parsed them. */
interface Parts {
  href: string;
  origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
}

/** A URL (WHATWG URL standard): the host's own `URL` does the work, one question for each change. */
export class URL {
  #parts: Parts;
  #params: URLSearchParams | undefined;

  constructor(input: string | URL, base?: string | URL) {
    const parts = read(input, base);
    if (!parts) throw new TypeError(`Invalid URL: ${input}`);
    this.#parts = parts;
  }

  static canParse(input: string | URL, base?: string | URL): boolean {
    return read(input, base) !== undefined;
  }

  static parse(input: string | URL, base?: string | URL): URL | null {
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  get searchParams(): URLSearchParams {
    if (!this.#params) {
      const params = new URLSearchParams(this.#parts.search);
      onParamsChange(params, () => this.#set("search", params.toString()));
      this.#params = params;
    }
    return this.#params;
  }

  get href(): string {
    return this.#parts.href;
  }
  set href(value: string) {
    if (!URL.canParse(value)) throw new TypeError(`Invalid URL: ${value}`);
    this.#change("href", value);
  }

  get origin(): string {
    return this.#parts.origin;
  }

  get protocol(): string {
    return this.#parts.protocol;
  }
  set protocol(value: string) {
    this.#change("protocol", value);
  }

  get username(): string {
    return this.#parts.username;
  }
  set username(value: string) {
    this.#change("username", value);
  }

  get password(): string {
    return this.#parts.password;
  }
  set password(value: string) {
    this.#change("password", value);
  }

  get host(): string {
    return this.#parts.host;
  }
  set host(value: string) {
    this.#change("host", value);
  }

  get hostname(): string {
    return this.#parts.hostname;
  }
  set hostname(value: string) {
    this.#change("hostname", value);
  }

  get port(): string {
    return this.#parts.port;
  }
  set port(value: string) {
    this.#change("port", value);
  }

  get pathname(): string {
    return this.#parts.pathname;
  }
  set pathname(value: string) {
    this.#change("pathname", value);
  }

  get search(): string {
    return this.#parts.search;
  }
  set search(value: string) {
    this.#change("search", value);
  }

  get hash(): string {
    return this.#parts.hash;
  }
  set hash(value: string) {
    this.#change("hash", value);
  }

  toString(): string {
    return this.#parts.href;
  }

  toJSON(): string {
    return this.#parts.href;
  }

  #change(part: keyof Parts, value: string): void {
    this.#set(part, value);
    if (this.#params) URLSearchParams.readFrom(this.#params, this.#parts.search);
  }

  #set(part: keyof Parts, value: string): void {
    this.#parts = ask<Parts>("urlWith", [this.#parts.href, part, String(value)]) ?? this.#parts;
  }
}

function read(input: string | URL, base: string | URL | undefined): Parts | undefined {
  return ask<Parts>("url", base === undefined ? [String(input)] : [String(input), String(base)]);
}
