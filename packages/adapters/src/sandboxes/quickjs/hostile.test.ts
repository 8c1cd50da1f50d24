import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Sandbox, SandboxProvider } from "@smoltools/core";
import { quickjs } from "./index.ts";

const megabyte = 1024 * 1024;
const limits = { memoryBytes: 64 * megabyte };
/** For the hostile program alone: the runs around it have all the time they need. */
const timeoutMs = 250;

/**
 * Programs that try to get out or to do harm. Of each the test asks that the host is alive and unharmed, that the
 * next run works or the loss is reported, and that a new sandbox works.
 */
const programs: Record<string, Record<string, string>> = {
  "ways out": {
    "constructor chain of a function": `echo.constructor.constructor("return process")().exit(1)`,
    "constructor chain of a host's promise": `echo(1).constructor.constructor("return process")()`,
    "constructor chain of a host's error": `await fail().catch((e) => e.constructor.constructor("return process")().exit(1))`,
    "constructor chain of a host's result": `(await echo({})).constructor.constructor("return process")().exit(1)`,
    "stack introspection": `Error.prepareStackTrace = (e, frames) => frames; const s = new Error().stack; if (Array.isArray(s)) s[0].getThis().process.exit(1); throw 1`,
    "import of a builtin": `(await import("node:fs")).writeFileSync("/tmp/out", "")`,
    "import through Function": `await new Function("return import('node:fs')")()`,
    "prototype of an import error": `await import("x").catch((e) => { let o = e; while (o) { if (o.constructor.constructor("return typeof process")() !== "undefined") finalAnswer("out"); o = Object.getPrototypeOf(o); } throw 1; })`,
    "stack exhaustion in a call": `const f = () => { try { f() } catch (e) { e.constructor.constructor("return process")().exit(1) } }; f(); throw 1`,
  },
  pollution: {
    "of its own prototypes": `Object.prototype.polluted = 1; Array.prototype.polluted = 1; throw 1`,
    "of what the bridge uses": `Promise.prototype.then = null; JSON.stringify = () => "x"; Map.prototype.get = null; Array.prototype.map = null; await echo(1)`,
    "through arguments": `await echo(JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')); throw 1`,
    "setters on Object.prototype": `for (const k of ["id", "name", "message", "value", "error"]) Object.defineProperty(Object.prototype, k, { set() { throw 1 }, get() { return "x" } }); await echo(1)`,
  },
  "values at the bridge": {
    "proxy with traps": `await echo(new Proxy({}, { get() { throw new Error("trap") }, ownKeys() { throw new Error("trap") } }))`,
    "toJSON that calls back": `await echo({ toJSON() { return arguments.callee.caller } })`,
    "endless getter": `await echo({ get a() { for (;;); } })`,
    "thenable that never settles": `await { then() {} }`,
    "promise with species": `class P extends Promise { static get [Symbol.species]() { return function () {} } }; await P.resolve(1).then(() => 1)`,
    "array whose constructor is a proxy": `class A extends Array { constructor() { super(); return new Proxy([], {}) } }; await echo(new A().concat([1n]))`,
  },
  time: {
    "endless loop in finally": `for (;;) try { throw 1 } catch { continue } finally { continue }`,
    "endless promise loop": `const f = () => Promise.resolve().then(f); await f()`,
    "endless await": `for (;;) await 0`,
    "endless await in the background": `(async () => { for (;;) await 0 })(); throw 1`,
    "catastrophic regex": `/^(a+)+$/.test("a".repeat(50) + "b")`,
    "huge bigint": `(2n ** 4000000n) ** 10n`,
    "join of an endless array": `new Array(2 ** 32 - 2).join("x")`,
    "slow comparator": `Array.from({ length: 1e5 }, (_, i) => i).sort(() => { for (let i = 0; i < 1e4; i++); return 0 })`,
    "timer that rearms itself": `const again = () => setTimeout(again, 0); again(); await new Promise(() => {})`,
    "final answer, then an endless loop": `try { finalAnswer(1) } catch {} for (;;);`,
  },
  memory: {
    arrays: `const a = []; for (;;) a.push(new Array(1e5).fill(0))`,
    "array buffers": `const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))`,
    "kept array buffers": `globalThis.kept = []; for (;;) kept.push(new ArrayBuffer(1e5))`,
    "small objects": `globalThis.kept = []; for (;;) kept.push({})`,
    "doubled text": `let s = "x"; for (;;) s += s`,
    "split texts": `const a = []; for (;;) a.push("x".repeat(1e5).split(""))`,
    "large map": `new Array(5e7).fill(0).map((_, i) => ({ i }))`,
    recursion: `const f = (n) => f(n + 1) + 1; f(0)`,
    "deep object to JSON": `let a = []; for (let i = 0; i < 1e6; i++) a = [a]; JSON.stringify(a)`,
    "deep JSON": `JSON.parse("[".repeat(1e6))`,
    "memory that fills while calls are open": `const calls = Array.from({ length: 50 }, () => echo("x".repeat(1e5))); const a = []; try { for (;;) a.push(new Array(1e4).fill(0)) } catch {} globalThis.kept = a; await Promise.all(calls)`,
  },
  floods: {
    "huge result": `"x".repeat(3e7)`,
    "deep result": `let a = []; for (let i = 0; i < 1e5; i++) a = [a]; a`,
    "many calls": `for (let i = 0; i < 1e5; i++) echo(i); throw 1`,
    "large arguments": `await Promise.all(Array.from({ length: 20 }, () => echo("x".repeat(2e6))))`,
    "large output": `for (let i = 0; i < 1e5; i++) console.log("x".repeat(1000)); throw 1`,
    "large error": `throw new Error("x".repeat(2e7))`,
    "many timers": `for (let i = 0; i < 1e5; i++) setTimeout(() => {}, 1e6); throw 1`,
    "large service texts": `new TextEncoder().encode("€".repeat(1e7)); btoa("x".repeat(1e7)); new URL("https://x.org/" + "x".repeat(1e7)); throw 1`,
  },
  "deep source": {
    parentheses: "(".repeat(2e5) + "1" + ")".repeat(2e5),
    "unary operators": "!".repeat(2e5) + "1",
    additions: "1" + "+1".repeat(2e5),
    "member accesses": "({})" + ".a".repeat(2e5),
    blocks: "{".repeat(2e5) + "}".repeat(2e5) + "throw 1",
    "arrow functions": "a=>".repeat(2e5) + "1; throw 1",
    "groups in a regex": `/${"(".repeat(2e5)}${")".repeat(2e5)}/.test("")`,
    TypeScript: `const a: number = ${"(".repeat(2e5)}1${")".repeat(2e5)}; throw 1`,
    eval: `eval("(".repeat(2e5))`,
  },
};

/** Programs whose end is no error: what they do is allowed, or ends with an answer. */
const harmless: ReadonlySet<string> = new Set([
  "promise with species",
  "final answer, then an endless loop",
  "additions",
]);

for (const [kind, list] of Object.entries(programs)) {
  describe(`hostile code: ${kind}`, () => {
    let provider: SandboxProvider;
    const opened: Sandbox[] = [];

    beforeAll(() => {
      provider = quickjs();
    });

    afterEach(async () => {
      for (const sandbox of opened.splice(0)) await sandbox.dispose();
    });

    async function open(): Promise<Sandbox> {
      const functions = {
        echo: ([value]: unknown[]) => value,
        fail: () => {
          throw new Error("no");
        },
      };
      const sandbox = await provider.create({ limits, functions, variables: { given: 1 } });
      opened.push(sandbox);
      return sandbox;
    }

    test.each(Object.entries(list))("%s", async (name, code) => {
      const sandbox = await open();
      await sandbox.run("const keep = 'kept'");
      const result = await sandbox.run(code, { timeoutMs });
      expect(result.error !== undefined || harmless.has(name)).toBe(true);
      expect(result.finalAnswer?.value).not.toBe("out");
      expect(JSON.stringify(result).length).toBeLessThan(200_000);

      const next = await sandbox.run("[typeof keep, given]");
      // Code may break its own engine, as long as nobody else notices.
      const brokeItself = kind === "pollution";
      expect(brokeItself ? "broken" : next.value).toEqual(
        brokeItself ? "broken" : [result.stateLost ? "undefined" : "string", 1],
      );

      expect("polluted" in {}).toBe(false);
      const other = await open();
      expect((await other.run("[await echo({ a: 1 }), 'polluted' in {}]")).value).toEqual([{ a: 1 }, false]);
    });
  });
}
