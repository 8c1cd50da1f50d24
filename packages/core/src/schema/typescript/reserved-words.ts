const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that name no variable in a module of JavaScript: they are syntax, or modules forbid them. */
export const reservedWords: ReadonlySet<string> = words(`
  arguments await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null package private protected
  public return static super switch this throw true try typeof undefined var void while with yield`);

/** Global names of JavaScript and its hosts that code uses. */
export const globalNames: ReadonlySet<string> = words(`
  AbortController AbortSignal AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Blob
  Boolean Buffer DataView Date Error EvalError Event EventTarget File FinalizationRegistry Float32Array Float64Array
  FormData Function Headers Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object
  Promise Proxy RangeError ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer String Symbol
  SyntaxError TextDecoder TextEncoder TypeError URIError URL URLSearchParams Uint16Array Uint32Array Uint8Array
  Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly atob btoa clearInterval clearTimeout console crypto
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape fetch global globalThis isFinite isNaN module
  parseFloat parseInt performance process queueMicrotask require self setImmediate setInterval setTimeout
  structuredClone unescape window`);

/** Types that TypeScript knows by itself: an alias of that name would be an error, or change what others mean. */
export const builtInTypes: ReadonlySet<string> = words(`
  any asserts as async awaited Awaited bigint boolean declare infer is keyof never number object readonly satisfies
  string symbol type unique unknown using ArrayLike AsyncIterable Capitalize ConstructorParameters Exclude Extract
  InstanceType Iterable Lowercase NoInfer NonNullable Omit OmitThisParameter Parameters Partial Pick PromiseLike
  Readonly ReadonlyArray ReadonlyMap ReadonlySet Record Required ReturnType ThisType Uncapitalize Uppercase`);

/** Tells whether a text can name a variable. */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text) && !reservedWords.has(text);
}
