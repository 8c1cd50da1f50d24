import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const exception = { error: ["SANDBOX_EXCEPTION"] } as const;
const timeout = { error: ["SANDBOX_TIMEOUT"] } as const;

/** Values that do something when they are looked at, on their way to the host. */
export const bridgeValues: readonly HostileProgram[] = hostilePrograms(
  { language: "javascript", kind: "values at the bridge" },
  [
    {
      name: "an argument whose traps throw",
      code: `await echo(new Proxy({}, { get() { throw new Error("trap"); }, ownKeys() { throw new Error("trap"); } }))`,
      ends: exception,
    },
    {
      name: "an argument that is a revoked proxy",
      code: "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); await echo(proxy)",
      ends: exception,
    },
    {
      name: "an argument with a length without end",
      code: "await echo(new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 32 - 1 : 1) }))",
      ends: "error",
    },
    { name: "an argument whose getter never ends", code: "await echo({ get a() { for (;;); } })", ends: timeout },
    {
      name: "an argument whose getter calls a tool",
      code: "const inner = []; await echo({ get a() { inner.push(echo('inner')); return 1; } }); await inner[0]",
      ends: { value: "inner" },
    },
    {
      name: "an argument that is different each time it is read",
      code: `
        let reads = 0;
        await echo({ get a() { reads += 1; return reads > 1 ? "x".repeat(2e7) : 1; } });
        "done"`,
      ends: "anyhow",
    },
    {
      name: "an argument with a toJSON that gives itself",
      code: "await echo({ toJSON() { return this; } }); await echo({ toJSON() { throw new Error('no'); } })",
      ends: exception,
    },
    { name: "an argument that is a cycle", code: "const a = {}; a.a = [a]; await echo(a)", ends: exception },
    {
      name: "an argument that is a list of holes",
      code: "const a = []; a.length = 2 ** 32 - 1; await echo(a)",
      ends: "error",
    },
    {
      name: "arguments that JSON does not know",
      code: `
        const refused = [];
        for (const value of [1n, Symbol("x"), () => 1, NaN, Infinity, new Map([[1, 2]]), [function () {}]]) {
          try { await echo(value); } catch (error) { refused.push(error.name); }
        }
        refused.length`,
      ends: "anyhow",
    },
    {
      name: "a list whose constructor gives a proxy",
      code: `
        class List extends Array { constructor() { super(); return new Proxy([], {}); } }
        await echo(new List().concat([1n]))`,
      ends: exception,
    },
    {
      name: "a promise with a species of its own",
      code: `
        class Own extends Promise { static get [Symbol.species]() { return function () {}; } }
        await Own.resolve(1).then(() => 1)`,
      ends: "anyhow",
    },
    { name: "a thenable that never settles", code: "await { then() {} }", ends: timeout },
    {
      name: "a thenable that gives itself without end",
      code: "const again = { then(resolve) { resolve(again); } }; await again",
      ends: timeout,
    },
    {
      name: "a result with a then of its own",
      code: "await echo({ then: 1 })",
      ends: { value: JSON.parse('{"then":1}') },
    },
    { name: "a value whose getter never ends", code: "({ get a() { for (;;); } })", ends: timeout },
    {
      name: "a value whose traps throw",
      code: "new Proxy(function () {}, { get() { throw 1; }, ownKeys() { throw 1; }, getPrototypeOf() { throw 1; } })",
      ends: "anyhow",
    },
    { name: "a value that is a cycle", code: "const a = { b: [] }; a.b.push(a); a", ends: "anyhow" },
    {
      name: "printed values whose getters and conversions throw",
      code: `
        const evil = { get a() { throw 1; }, toString() { throw 1; }, [Symbol.toPrimitive]() { throw 1; } };
        const proxy = new Proxy({}, { get() { throw 1; }, ownKeys() { throw 1; }, getPrototypeOf() { throw 1; } });
        for (const one of [evil, proxy, Object.create(null), [evil], new Map([[evil, proxy]])]) {
          try { console.log(one); console.error("%s %d %o", one, one, one); } catch {}
        }
        "done"`,
      ends: { value: "done" },
    },
    {
      name: "thrown values that have no message to give",
      code: `
        const evil = { get name() { throw 1; }, get message() { for (;;); }, get stack() { throw 1; } };
        Object.setPrototypeOf(evil, Error.prototype);
        throw evil`,
      ends: "error",
    },
    {
      name: "a thrown proxy",
      code: "throw new Proxy(new Error('x'), { get() { throw new Error('trap'); } })",
      ends: "error",
    },
    { name: "a thrown symbol", code: "throw Symbol('x')", ends: exception },
    {
      name: "an error with causes in a circle",
      code: "const a = new Error('a'); const b = new Error('b', { cause: a }); a.cause = b; a.errors = [a, b]; throw a",
      ends: exception,
    },
    {
      name: "an error whose name is no name",
      code: "throw Object.assign(new Error('x'), { name: '\\n\\u0000Error: '.repeat(1000) })",
      ends: exception,
    },
    {
      name: "an argument of a million empty lists",
      code: "await echo(Array.from({ length: 1e6 }, () => []))",
      ends: "error",
    },
    {
      name: "a value of a million members",
      code: "Object.fromEntries(Array.from({ length: 1e6 }, (_, n) => ['k' + n, 1]))",
      ends: "error",
    },
    {
      name: "large arguments of many parts, all at once",
      code: `
        const numbers = Array.from({ length: 5e5 }, (_, n) => n);
        await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => echo(numbers).catch(() => {})))`,
      ends: "anyhow",
    },
    {
      name: "two final answers",
      code: "try { finalAnswer('first'); } catch {}\nfinalAnswer('second')",
      ends: { answer: "first" },
    },
    {
      name: "a final answer that gives another while it is read",
      code: "finalAnswer({ get a() { try { finalAnswer('inner'); } catch {} return 1; } })",
      ends: "anyhow",
    },
    { name: "a final answer whose getter never ends", code: "finalAnswer({ get a() { for (;;); } })", ends: timeout },
    {
      name: "a final answer in a loop that catches it",
      code: "for (;;) try { finalAnswer(1); } catch {}",
      ends: { answer: 1 },
    },
  ],
);
