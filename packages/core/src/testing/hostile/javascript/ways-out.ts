import { type HostileProgram, hostilePrograms, type HostileSource } from "../hostile-program.ts";

/** What shows the machine, or lets a script do what a program does. */
const machine = "['process', 'require', 'module', 'Deno', 'Bun', 'std', 'os', 'postMessage', 'Worker', 'WebAssembly']";

/** Objects whose constructor may be one of the host's. */
const starts: readonly [what: string, expression: string][] = [
  ["a tool", "echo"],
  ["the promise of a tool", "echo(1)"],
  ["a tool's error", "await fail().catch((error) => error)"],
  ["a tool's result", "await canary()"],
  ["the global object", "globalThis"],
  ["the console", "console.log"],
  ["fetch", "globalThis.fetch ?? echo"],
  ["a URL", "new URL('http://a/').searchParams"],
];

const constructorChains = starts.map(([what, expression]): HostileSource => ({
  name: `the constructor chain of ${what}`,
  only: "engine",
  code: `
      const start = ${expression};
      const seen = [start.constructor, Object.getPrototypeOf(start)?.constructor, start.__proto__?.constructor]
        .filter(Boolean)
        .map((type) => type.constructor("return ${machine}.filter((name) => name in globalThis)")());
      seen.flat()`,
  ends: { value: [] },
}));

/** Programs that look for the host's objects from inside an engine. */
export const waysOut: readonly HostileProgram[] = hostilePrograms({ language: "javascript", kind: "ways out" }, [
  ...constructorChains,
  {
    name: "a survey of what is there",
    only: "engine",
    code: `${machine}.filter((name) => name in globalThis)`,
    ends: { value: [] },
  },
  {
    name: "eval and the constructors of functions (case 98)",
    only: "engine",
    code: `
      const survey = "return ${machine}.filter((name) => name in globalThis)";
      const AsyncFunction = (async () => {}).constructor;
      const GeneratorFunction = (function* () {}).constructor;
      [
        ...(0, eval)("(() => { " + survey + " })()"),
        ...Function(survey)(),
        ...new (class extends Function {})(survey)(),
        ...(await AsyncFunction(survey)()),
        ...GeneratorFunction(survey)().next().value,
      ]`,
    ends: { value: [] },
  },
  {
    name: "functions of the machine fetched through map, filter and bind (case 100)",
    only: "engine",
    code: `
      const get = Reflect.get.bind(null, globalThis);
      const names = ${machine}.filter(Reflect.has.bind(null, globalThis));
      [...names.map((name) => typeof get(name)), ...["process", "require"].map(get).filter(Boolean)]`,
    ends: { value: [] },
  },
  {
    name: "import of what belongs to the machine, in every form (case 97)",
    only: "engine",
    code: `
      const got = [];
      for (const name of ["node:fs", "fs", "node:child_process", "std", "os", "file:///etc/passwd", "/etc/passwd",
        "data:text/javascript,0", "../../package.json", "https://example.org/a.js", "__proto__", "constructor"]) {
        for (const load of [(name) => import(name), new Function("name", "return import(name)")]) {
          try { await load(name); got.push(name); } catch {}
        }
      }
      got`,
    ends: { value: [] },
  },
  {
    name: "the prototypes of a failed import's error",
    only: "engine",
    code: `
      const error = await import("x").catch((error) => error);
      const got = [];
      for (let one = error; one; one = Object.getPrototypeOf(one)) {
        got.push(one.constructor.constructor("return typeof process")());
      }
      got.filter((type) => type !== "undefined")`,
    ends: { value: [] },
  },
  {
    name: "frames of the stack that show their functions",
    only: "engine",
    breaksItself: true,
    code: `
      Error.prepareStackTrace = (_, frames) => frames;
      const { stack } = await fail().catch((error) => error);
      const own = new Error("x").stack;
      const reached = [stack, own].flat().filter((frame) => typeof frame === "object" && frame !== null);
      reached.map((frame) => frame.getThis?.()?.process ?? frame.getFunction?.()?.constructor("return typeof process")())
        .filter((found) => found !== undefined && found !== "undefined")`,
    ends: { value: [] },
  },
  {
    name: "the callers of a toJSON",
    only: "engine",
    code: `
      let caller = "none";
      await echo({ toJSON() { try { caller = String(arguments.callee.caller ?? "none"); } catch {} return 1; } });
      caller`,
    ends: { value: "none" },
  },
  {
    name: "an error of a stack that ends inside a call",
    only: "engine",
    code: `
      let reached = 0;
      const dig = () => {
        try { dig(); } catch (error) {
          if (error.constructor.constructor("return typeof process")() !== "undefined") reached += 1;
        }
      };
      dig();
      const call = () => { try { call(); } catch { echo(1).catch(() => {}); } };
      call();
      reached`,
    ends: "anyhow",
  },
  {
    name: "functions that spy on what the bridge calls",
    only: "engine",
    breaksItself: true,
    code: `
      const seen = [];
      for (const name of ["call", "apply", "bind"]) {
        const own = Function.prototype[name];
        Function.prototype[name] = function (...args) { seen.push(String(this)); return Reflect.apply(own, this, args); };
      }
      await echo(1);
      seen`,
    ends: { value: [] },
  },
  {
    name: "a realm of its own",
    only: "engine",
    code: `
      const realms = ["ShadowRealm", "Realm", "Compartment", "$262", "evalScript", "loadScript", "print", "gc"];
      realms.filter((name) => name in globalThis)`,
    ends: { value: [] },
  },
  {
    name: "memory that threads share",
    only: "engine",
    code: `
      const wait = Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      wait`,
    ends: "error",
  },
  {
    name: "a tool that is replaced by its own",
    breaksItself: true,
    code: `
      const own = echo;
      try { globalThis.echo = () => "forged"; } catch {}
      try { Object.defineProperty(globalThis, "echo", { value: () => "forged" }); } catch {}
      await own("heard")`,
    ends: { value: "heard" },
  },
  {
    name: "an assignment to a tool (case 106)",
    code: "echo = () => 'forged'",
    ends: { error: ["SANDBOX_EXCEPTION"] },
  },
  {
    name: "an answer that it makes up by hand",
    code: `
      for (const name of ["answer", "finalAnswer", "final_answer", "__answer", "succeed", "end", "host"]) {
        try { globalThis[name]?.answer?.('"out"'); } catch {}
      }
      throw Object.assign(new Error("finalAnswer ends the code here"), { name: "FinalAnswer", value: "out" })`,
    ends: { error: ["SANDBOX_EXCEPTION"] },
  },
]);
