import type { RunResult, Sandbox } from "@smoltools/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { quickjs } from "./index.ts";

let sandbox: Sandbox;
let received: unknown[][] = [];

beforeEach(async () => {
  received = [];
  sandbox = await quickjs().create({
    functions: {
      echo: (args) => {
        received.push(args);
        return args[0];
      },
    },
  });
});

afterEach(async () => {
  await sandbox.dispose();
});

/** Replaces every method of the built-ins by one that looks for the worker's functions in all that it is given. */
const wiretap = `
  const seen = [];
  const { apply, ownKeys } = Reflect;
  const { getOwnPropertyDescriptor, defineProperty } = Object;
  const look = (v) => {
    if (typeof v !== "object" || v === null) return;
    if ("service" in v || "succeed" in v || "settle" in v || "wake" in v) seen[seen.length] = ownKeys(v);
  };
  for (const { prototype } of [Array, Map, Set, WeakMap, Promise, String, Function, Object, Error, RegExp, Uint8Array]) {
    for (const key of ownKeys(prototype)) {
      const { value: method, configurable } = getOwnPropertyDescriptor(prototype, key);
      if (typeof method !== "function" || !configurable || key === "constructor") continue;
      defineProperty(prototype, key, {
        value: function () {
          look(this);
          for (let i = 0; i < arguments.length; i++) look(arguments[i]);
          return apply(method, this, arguments);
        },
      });
    }
  }
  for (const key of ["host", "settings", "id", "json"])
    defineProperty(Object.prototype, key, { set: look, configurable: true });
`;

test("code that listens to every built-in never sees the worker's functions", async () => {
  const { value, error } = await sandbox.run(`${wiretap}
    console.log({ a: [1] }, new Map([[1, 2]]));
    await echo([1]);
    new URL("https://x.org/?a=1").searchParams.get("a");
    await new Promise((wake) => setTimeout(wake, 2));
    new Intl.NumberFormat("en").format(1);
    await fetch("https://x.org").catch(() => {});
    await crypto.subtle.digest("SHA-1", new Uint8Array(1));
    structuredClone({ a: new Date() });
    seen`);
  expect([error, value]).toEqual([undefined, []]);
});

test.each([
  ["./main.js"],
  ["guest:main"],
  ["guest:host"],
  ["module:guest:host"],
  ["../guest/host.js"],
  ["std"],
  ["os"],
  ["qjs:os"],
])("%s cannot be imported, from wherever", async (specifier) => {
  const { value } = await sandbox.run(`
    const specifier = ${JSON.stringify(specifier)};
    const ways = [() => import(specifier), () => eval("import(specifier)"), () => (0, eval)("import(specifier)"), new Function("return import(specifier)")];
    await Promise.all(ways.map((way) => way().then(() => "got it", (e) => e.name)))`);
  expect(value).toHaveLength(4);
  expect(value).not.toContain("got it");
});

test.each([
  ["a function", "(function () {}).constructor"],
  ["a generator", "(function* () {}).constructor"],
  ["an async function", "(async () => {}).constructor"],
  ["an async generator", "(async function* () {}).constructor"],
  ["a function of the host", "echo.constructor"],
  ["a method of the console", "console.log.constructor"],
  ["a class of the web", "URL.constructor"],
])("the constructor of %s leads to the same globals", async (_name, constructor) => {
  const { value } = await sandbox.run(`
    const outcome = (${constructor})("return [typeof process, typeof require, globalThis.mark]");
    globalThis.mark = 7;
    const made = outcome();
    const result = made instanceof Promise ? await made : typeof made.next === "function" ? (await made.next()).value : made;
    result`);
  expect(value).toEqual(["undefined", "undefined", 7]);
});

describe("what code makes of the built-ins reaches the host within its limits:", () => {
  const small: readonly [name: string, code: string][] = [
    ["join", `Array.prototype.join = () => "1".repeat(9e6)`],
    ["the list of undefined arguments", `Array.prototype.flatMap = () => ({ join: () => "1,".repeat(1e6) })`],
    ["slice of texts", `String.prototype.slice = () => ({ length: 1e9 })`],
    ["slice of lists", `Array.prototype.slice = () => Array(1e4).fill(undefined)`],
    ["toJSON of everything", `Object.prototype.toJSON = () => "x".repeat(1e6)`],
    ["map", `Array.prototype.map = () => Array(1e5).fill("[")`],
    ["size", `Object.defineProperty(Map.prototype, "size", { get: () => -1e9 })`],
  ];
  test.each(small)("%s", async (_name, code) => {
    const first = await sandbox.run(
      `${code}; console.log("a"); for (let i = 0; i < 3; i++) echo(i); await echo({ a: 1 }, undefined)`,
    );
    const second = await sandbox.run("throw new Error('no')");
    for (const result of [first, second]) expectWellFormed(result);
    for (const args of received) expect(JSON.stringify(args).length).toBeLessThan(8 * 1024 * 1024);
  });
});

function expectWellFormed({ error, output }: RunResult): void {
  expect(output.length).toBeLessThan(70_000);
  if (!error) return;
  const { name, message } = error;
  expect([typeof name, typeof message, message.length < 10_000]).toEqual(["string", "string", true]);
}

test("a frozen global object is an error of the code, not a lost engine", async () => {
  const frozen = await sandbox.run("let own = 1; Object.freeze(globalThis); own");
  const declared = await sandbox.run("let other = 1");
  const given = await sandbox.run("1", { variables: { more: 1 } });
  expect([frozen.value, declared.error?.code, given.error?.code]).toEqual([
    1,
    "SANDBOX_EXCEPTION",
    "SANDBOX_EXCEPTION",
  ]);
  expect(given.error?.message).toMatch(/the variable more cannot be set/);
  expect([declared.stateLost, given.stateLost, (await sandbox.run("own")).value]).toEqual([false, false, 1]);
});

test.each([
  ["URLSearchParams", `new URLSearchParams("a&".repeat(4e6))`],
  ["URL", `new URL("https://x.org/" + "x".repeat(5e6))`],
  ["Intl", `new Intl.ListFormat("en").format(Array(2e6).fill("a"))`],
  [
    "a nest of lists",
    `let a = []; for (let i = 0; i < 50; i++) a = [a, a].slice(0, i < 22 ? 2 : 1); new Intl.NumberFormat("en", { a })`,
  ],
  ["TextDecoder", `new TextDecoder().decode(new Uint8Array(34e6))`],
  ["Buffer", `Buffer.alloc(34e6).toString("hex")`],
  ["digest", `await crypto.subtle.digest("SHA-1", new Uint8Array(34e6))`],
])("%s refuses more than the worker can take", { timeout: 60_000 }, async (_name, code) => {
  const { error, stateLost } = await sandbox.run(code);
  expect([error?.name, stateLost]).toEqual(["RangeError", false]);
  expect(error?.message).toMatch(/too many to convert at once/);
});

test("100 undefined arguments are told apart from null, further ones are null", async () => {
  await sandbox.run("await echo(...Array(99), undefined, undefined, 1)");
  expect(received[0]?.slice(98)).toEqual([undefined, undefined, null, 1]);
});
