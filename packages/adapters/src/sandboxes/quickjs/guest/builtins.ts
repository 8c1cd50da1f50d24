// The built-ins under their own names, as they were before any code ran: code may well call a variable of its own `Map`
// or `Event`, and top-level variables are globals.

export const AggregateError: AggregateErrorConstructor = globalThis.AggregateError;

export const Array: ArrayConstructor = globalThis.Array;
export type Array<T> = globalThis.Array<T>;

export const ArrayBuffer: ArrayBufferConstructor = globalThis.ArrayBuffer;
export type ArrayBuffer = globalThis.ArrayBuffer;

export const BigInt: BigIntConstructor = globalThis.BigInt;

export const DataView: DataViewConstructor = globalThis.DataView;

export const Date: DateConstructor = globalThis.Date;
export type Date = globalThis.Date;

export const Error: ErrorConstructor = globalThis.Error;
export type Error = globalThis.Error;

export const Float64Array: Float64ArrayConstructor = globalThis.Float64Array;

export const Map: MapConstructor = globalThis.Map;
export type Map<K, V> = globalThis.Map<K, V>;

export const Math: globalThis.Math = globalThis.Math;

export const Number: NumberConstructor = globalThis.Number;

export const Object: ObjectConstructor = globalThis.Object;

export const Promise: PromiseConstructor = globalThis.Promise;
export type Promise<T> = globalThis.Promise<T>;

export const RangeError: RangeErrorConstructor = globalThis.RangeError;

export const RegExp: RegExpConstructor = globalThis.RegExp;

export const Set: SetConstructor = globalThis.Set;

export const String: StringConstructor = globalThis.String;

export const TypeError: TypeErrorConstructor = globalThis.TypeError;

export const Uint8Array: Uint8ArrayConstructor = globalThis.Uint8Array;
export type Uint8Array<T extends ArrayBufferLike = ArrayBufferLike> = globalThis.Uint8Array<T>;

export const WeakMap: WeakMapConstructor = globalThis.WeakMap;

export const WeakRef: WeakRefConstructor = globalThis.WeakRef;

export const WeakSet: WeakSetConstructor = globalThis.WeakSet;

/** `Symbol.iterator`. */
export const iterator: typeof Symbol.iterator = Symbol.iterator;

/** `Symbol.toStringTag`. */
export const toStringTag: typeof Symbol.toStringTag = Symbol.toStringTag;
