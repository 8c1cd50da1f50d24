/**
 * The declarations that a derivation needs of the standard library, and no more.
 *
 * Reading the real `lib.*.d.ts` is most of the cost of a cold start. Schemas are the same with both, because of a lib
 * class only its name and its type arguments count: each has just enough members to differ from `{}` and from the
 * others, and a method or a variable, by which a class differs from an interface that only holds data. The utility types are written as the real ones are.
 */
export const minLib = `
interface Object {}
interface Function {}
interface CallableFunction extends Function {}
interface NewableFunction extends Function {}
interface IArguments {}
interface Number {}
interface Boolean {}
interface RegExp { exec(text: string): unknown }
interface String { readonly length: number }
interface Symbol {}
interface SymbolConstructor { readonly iterator: unique symbol; readonly asyncIterator: unique symbol }
declare var Symbol: SymbolConstructor;
interface Array<T> { length: number; [index: number]: T }
interface ReadonlyArray<T> { readonly length: number; readonly [index: number]: T }
interface ConcatArray<T> { readonly length: number; readonly [index: number]: T }
interface TemplateStringsArray extends ReadonlyArray<string> { readonly raw: readonly string[] }
interface PromiseLike<T> { then(done: (value: T) => unknown): unknown }
interface Promise<T> { then(done: (value: T) => unknown): unknown }
interface PromiseConstructor { new <T>(executor: (resolve: (value: T) => void) => void): Promise<T> }
declare var Promise: PromiseConstructor;
interface Iterable<T, TReturn = any, TNext = any> { [Symbol.iterator](): T }
interface AsyncIterable<T, TReturn = any, TNext = any> { [Symbol.asyncIterator](): T }
interface AsyncGenerator<T = unknown, TReturn = any, TNext = any> extends AsyncIterable<T, TReturn, TNext> {
  next(value: TNext): TReturn;
}
interface AsyncIterableIterator<T, TReturn = any, TNext = any> extends AsyncIterable<T, TReturn, TNext> {
  next(value?: TNext): TReturn;
}
interface ReadableStream<R = any> { getReader(): R }
interface Map<K, V> { get(key: K): V | undefined }
interface ReadonlyMap<K, V> { get(key: K): V | undefined }
interface Set<T> { has(value: T): boolean }
interface ReadonlySet<T> { has(value: T): boolean }
interface Date { getTime(): number }
interface URL { href: string }
interface ArrayBuffer { readonly byteLength: number }
interface Uint8Array<TBuffer = ArrayBuffer> { readonly buffer: TBuffer }
declare var String: unknown, URL: unknown, ArrayBuffer: unknown, Uint8Array: unknown;
interface Error { message: string }
interface ErrorConstructor { new (message?: string): Error }
declare var Error: ErrorConstructor;
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T };
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type NonNullable<T> = T & {};
type Parameters<T extends (...args: any) => any> = T extends (...args: infer P) => any ? P : never;
type ReturnType<T extends (...args: any) => any> = T extends (...args: any) => infer R ? R : any;
type Awaited<T> = T extends null | undefined
  ? T
  : T extends object & { then(done: infer F, ...args: infer _): any }
    ? F extends (value: infer V, ...args: infer _) => any
      ? Awaited<V>
      : never
    : T;
type Uppercase<S extends string> = intrinsic;
type Lowercase<S extends string> = intrinsic;
type Capitalize<S extends string> = intrinsic;
type Uncapitalize<S extends string> = intrinsic;
`;
