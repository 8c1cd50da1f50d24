/**
 * Declarations of what the `quickjs` sandbox has besides the language: console, web globals, `finalAnswer`.
 *
 * They are wider than the real ones where code does not have to be exact to run. `finalAnswer` takes anything but a
 * promise. `reduce` gives `any`: TypeScript takes the type of the first value for that of the result.
 */
export const sandboxGlobals: string = `
declare function finalAnswer(
  value?: string | number | boolean | bigint | symbol | readonly any[] | { then?: undefined; [key: string]: any },
  ...others: any[]
): never;

interface Array<T> {
  reduce(callback: (previous: any, current: T, index: number, array: T[]) => any, ...initial: any[]): any;
  reduceRight(callback: (previous: any, current: T, index: number, array: T[]) => any, ...initial: any[]): any;
}

declare var console: {
  log(...values: any[]): void;
  info(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
  debug(...values: any[]): void;
  trace(...values: any[]): void;
  dir(...values: any[]): void;
  table(...values: any[]): void;
  assert(...values: any[]): void;
  [method: string]: any;
};

declare var InternalError: ErrorConstructor;

declare function setTimeout(action: (...args: any[]) => any, delayMs?: any, ...args: any[]): number;
declare function setInterval(action: (...args: any[]) => any, delayMs?: any, ...args: any[]): number;
declare function clearTimeout(id?: any): void;
declare function clearInterval(id?: any): void;
declare function queueMicrotask(action: () => any): void;
declare function structuredClone<T>(value: T, options?: any): T;
declare function atob(text: any): string;
declare function btoa(text: any): string;
declare var performance: { readonly timeOrigin: number; now(): number; [key: string]: any };
declare var crypto: {
  getRandomValues<T>(array: T): T;
  randomUUID(): string;
  subtle: { digest(algorithm: any, data: any): Promise<ArrayBuffer>; [method: string]: any };
  [key: string]: any;
};

declare class Blob {
  constructor(parts?: any, options?: any);
  readonly size: number;
  readonly type: string;
  slice(start?: number, end?: number, type?: string): Blob;
  bytes(): Promise<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}
declare class File extends Blob {
  constructor(parts: any, name: any, options?: any);
  readonly name: string;
  readonly lastModified: number;
}
declare class FormData {
  constructor();
  append(name: any, value: any, fileName?: any): void;
  set(name: any, value: any, fileName?: any): void;
  get(name: any): any;
  getAll(name: any): any[];
  has(name: any): boolean;
  delete(name: any): void;
  forEach(visit: (value: any, name: string, form: FormData) => any, thisArg?: any): void;
  entries(): IterableIterator<[string, any]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<any>;
  [Symbol.iterator](): IterableIterator<[string, any]>;
}
declare class Buffer extends Uint8Array {
  static from(value: any, encodingOrOffset?: any, length?: any): Buffer;
  static alloc(size: number, fill?: any, encoding?: any): Buffer;
  static allocUnsafe(size: number): Buffer;
  static byteLength(value: any, encoding?: any): number;
  static concat(list: any, length?: number): Buffer;
  static compare(a: any, b: any): number;
  static isBuffer(value: any): boolean;
  static isEncoding(encoding: any): boolean;
  toString(encoding?: any, start?: number, end?: number): string;
  toJSON(): { type: "Buffer"; data: number[] };
  equals(other: any): boolean;
  compare(other: any): number;
  slice(start?: number, end?: number): Buffer;
  subarray(start?: number, end?: number): Buffer;
  copy(target: any, targetStart?: number, start?: number, end?: number): number;
}

declare class Event {
  constructor(type: any, options?: any);
  readonly type: string;
  readonly timeStamp: number;
  target: any;
  [key: string]: any;
}
declare class CustomEvent extends Event {}
declare class EventTarget {
  addEventListener(type: string, listener: any, options?: any): void;
  removeEventListener(type: string, listener: any, options?: any): void;
  dispatchEvent(event: Event): boolean;
}
declare class AbortSignal extends EventTarget {
  static abort(reason?: any): AbortSignal;
  static timeout(delayMs: number): AbortSignal;
  static any(signals: Iterable<AbortSignal>): AbortSignal;
  readonly aborted: boolean;
  readonly reason: any;
  onabort: any;
  throwIfAborted(): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}
declare class DOMException extends Error {
  constructor(message?: string, name?: string);
  readonly code: number;
}

declare class TextEncoder {
  readonly encoding: string;
  encode(text?: any): Uint8Array;
  encodeInto(text: any, target: Uint8Array): { read: number; written: number };
}
declare class TextDecoder {
  constructor(label?: string, options?: any);
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(source?: any, options?: any): string;
}

declare class URL {
  constructor(input: any, base?: any);
  static canParse(input: any, base?: any): boolean;
  static parse(input: any, base?: any): URL | null;
  readonly searchParams: URLSearchParams;
  readonly origin: string;
  href: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
  toString(): string;
  toJSON(): string;
}
declare class URLSearchParams {
  constructor(init?: any);
  readonly size: number;
  append(name: any, value: any): void;
  delete(name: any, value?: any): void;
  get(name: any): string | null;
  getAll(name: any): string[];
  has(name: any, value?: any): boolean;
  set(name: any, value: any): void;
  sort(): void;
  forEach(visit: (value: string, name: string, params: URLSearchParams) => any, thisArg?: any): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
  toString(): string;
}

declare class Headers {
  constructor(init?: any);
  append(name: any, value: any): void;
  set(name: any, value: any): void;
  get(name: any): string | null;
  getSetCookie(): string[];
  has(name: any): boolean;
  delete(name: any): void;
  forEach(visit: (value: string, name: string, headers: Headers) => any, thisArg?: any): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
interface SmoltoolsBody {
  readonly body: any;
  readonly bodyUsed: boolean;
  bytes(): Promise<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
  blob(): Promise<Blob>;
  text(): Promise<string>;
  json(): Promise<any>;
  formData(): Promise<FormData>;
}
declare class Request {
  constructor(input: any, init?: any);
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  clone(): Request;
}
interface Request extends SmoltoolsBody {}
declare class Response {
  constructor(body?: any, init?: any);
  static json(value: any, init?: any): Response;
  readonly type: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  readonly redirected: boolean;
  readonly ok: boolean;
  clone(): Response;
}
interface Response extends SmoltoolsBody {}
declare function fetch(input: any, init?: any): Promise<Response>;
`;
