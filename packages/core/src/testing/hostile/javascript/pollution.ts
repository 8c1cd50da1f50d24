import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const poison = `JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')`;

/** Programs that change what objects are made of: their own, and through values those of the host. */
export const pollution: readonly HostileProgram[] = hostilePrograms({ language: "javascript", kind: "pollution" }, [
  {
    name: "of its own prototypes",
    breaksItself: true,
    code: "Object.prototype.polluted = 1; Array.prototype.polluted = 1; Function.prototype.polluted = 1; throw 1",
    ends: "error",
  },
  { name: "through an argument", code: `await echo(${poison}); 'polluted' in {}`, ends: { value: false } },
  {
    name: "through several arguments",
    code: `await echo(1, ${poison}, [${poison}]); 'polluted' in {}`,
    ends: { value: false },
  },
  { name: "through a value", code: `(${poison}).constructor.prototype`, ends: { value: { polluted: 1 } } },
  {
    name: "through the final answer",
    code: `finalAnswer([${poison}][0].constructor)`,
    ends: { answer: { prototype: { polluted: 1 } } },
  },
  {
    name: "through the name of an error",
    code: "throw Object.assign(new Error('__proto__'), { name: '__proto__', __proto__: { polluted: 1 } })",
    ends: { error: ["SANDBOX_EXCEPTION"] },
  },
  {
    name: "of an object of the host",
    code: `
      const own = await canary();
      own.name = "harmed";
      own.nested.value = "harmed";
      own.nested.list.push(4);
      Object.getPrototypeOf(own).polluted = 1;
      own.constructor.prototype.alsoPolluted = 1;
      delete Object.prototype.polluted;
      delete Object.prototype.alsoPolluted;
      Object.setPrototypeOf(own, null);
      (await canary()).nested.value`,
    ends: { value: "unharmed" },
  },
  {
    name: "of what the bridge is likely to use",
    breaksItself: true,
    code: `
      Promise.prototype.then = null;
      JSON.stringify = () => "x";
      JSON.parse = () => ({ polluted: 1 });
      Map.prototype.get = Map.prototype.set = Map.prototype.delete = null;
      Array.prototype.map = Array.prototype.push = Array.prototype[Symbol.iterator] = null;
      await echo(1)`,
    ends: "anyhow",
  },
  {
    name: "of the classes themselves",
    breaksItself: true,
    code: `
      for (const name of ["Promise", "Error", "Object", "Array", "Map", "JSON", "Reflect", "Symbol", "Function"]) {
        globalThis[name] = class { constructor() { throw 1; } };
      }
      await echo(1)`,
    ends: "anyhow",
  },
  {
    name: "setters on Object.prototype for the fields of messages",
    breaksItself: true,
    code: `
      for (const key of ["id", "name", "type", "message", "value", "json", "ok", "error", "code", "run", "lost"]) {
        Object.defineProperty(Object.prototype, key, { set() { throw 1; }, get() { return "x"; } });
      }
      await echo(1)`,
    ends: "anyhow",
  },
  {
    name: "a toJSON for everything",
    breaksItself: true,
    code: `
      Object.prototype.toJSON = () => "forged";
      String.prototype.toJSON = () => { throw 1; };
      await echo({ a: 1 })`,
    ends: "anyhow",
  },
  {
    name: "iterators, conversions and species of everything",
    breaksItself: true,
    code: `
      Array.prototype[Symbol.iterator] = function* () { for (;;) yield this; };
      Object.prototype[Symbol.toPrimitive] = () => { throw 1; };
      Object.defineProperty(Array, Symbol.species, { value: function () { return new Proxy([], {}); } });
      Object.defineProperty(Promise, Symbol.species, { value: function () {} });
      await echo([1, 2, 3])`,
    ends: "anyhow",
  },
  {
    name: "a frozen world",
    breaksItself: true,
    code: `
      for (const one of [Object, Array, Function, Promise, Error, Map]) Object.freeze(one.prototype);
      Object.freeze(globalThis);
      throw 1`,
    ends: "error",
  },
  {
    name: "a world without anything in it",
    breaksItself: true,
    code: "for (const key of Reflect.ownKeys(globalThis)) try { delete globalThis[key]; } catch {}\nthrow 1",
    ends: "error",
  },
  {
    name: "a global object whose prototype listens",
    breaksItself: true,
    code: `
      const asked = [];
      Object.setPrototypeOf(globalThis, new Proxy({}, { has(_, key) { asked.push(key); return false; } }));
      throw new Error(asked.map(String).join())`,
    ends: "error",
  },
  {
    name: "globals that fight back when they are read",
    breaksItself: true,
    code: `
      for (const key of ["keep", "given", "undefined", "step", "run"]) {
        try { Object.defineProperty(globalThis, key, { get() { for (;;); }, set() { for (;;); } }); } catch {}
      }
      throw 1`,
    ends: "error",
  },
  {
    name: "stack traces that never end",
    breaksItself: true,
    code: `
      Error.stackTraceLimit = 1e9;
      Error.prepareStackTrace = () => { for (;;); };
      null.x`,
    ends: "error",
  },
]);
