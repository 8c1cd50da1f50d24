import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { errorMessage } from "./error-message.ts";

const cyclic: { self?: unknown } = Object.create(null);
cyclic.self = cyclic;
const unreadable = {
  get secret(): never {
    throw new Error("no");
  },
};

const unnamed = {
  get [Symbol.toStringTag](): never {
    throw new Error("no");
  },
  toJSON: (): never => {
    throw new Error("no");
  },
};
const mute = Object.assign(() => undefined, { toString: 1, valueOf: 1 });
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

it.each<[string, unknown, string]>([
  ["an error", new TypeError("no such thing"), "no such thing"],
  ["an error without a message", new TypeError(), "TypeError"],
  ["an error of another realm", runInNewContext("new RangeError('too far')"), "too far"],
  ["a text", "just words", "just words"],
  ["an object", { code: 7 }, '{"code":7}'],
  ["nothing", undefined, "undefined"],
  ["a big integer", 1n, "1"],
  ["a symbol", Symbol("s"), "Symbol(s)"],
  ["an object without a text that contains itself", cyclic, "[object Object]"],
  ["an object that cannot be read", unreadable, "[object Object]"],
  ["an object that cannot even be named", unnamed, "object"],
  ["a proxy that was revoked", revoked, "object"],
  ["a function without a text", mute, "function"],
])("finds words for %s", (_title, thrown, message) => {
  expect(errorMessage(thrown)).toBe(message);
});
