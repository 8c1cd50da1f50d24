import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

/** Programs that take all the memory they can get. A slow machine may stop them by time before they have it. */
export const memory: readonly HostileProgram[] = hostilePrograms({ language: "javascript", kind: "memory" }, [
  { name: "lists", code: "const a = []; for (;;) a.push(new Array(1e5).fill(0))", ends: "error" },
  { name: "buffers", code: "const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))", ends: "error" },
  { name: "buffers that stay", code: "globalThis.kept = []; for (;;) kept.push(new ArrayBuffer(1e5))", ends: "error" },
  { name: "one buffer of all sizes", code: "for (let n = 1; ; n *= 2) new Uint8Array(n).fill(1)", ends: "error" },
  { name: "small objects", code: "globalThis.kept = []; for (;;) kept.push({})", ends: "error" },
  {
    name: "closures",
    code: "let f = () => 0; for (;;) { const inner = f; const big = new Array(1e4).fill(1); f = () => inner ?? big; }",
    ends: "error",
  },
  { name: "a Map", code: "const m = new Map(); for (let i = 0; ; i++) m.set(i, String(i))", ends: "error" },
  {
    name: "symbols that are never forgotten",
    code: `for (let i = 0; ; i++) Symbol.for("x".repeat(1000) + i)`,
    ends: "error",
  },
  { name: "a text that doubles", code: `let s = "x"; for (;;) s += s`, ends: "error" },
  { name: "texts that are split", code: `const a = []; for (;;) a.push("x".repeat(1e5).split(""))`, ends: "error" },
  { name: "a large list that is mapped", code: "new Array(5e7).fill(0).map((_, i) => ({ i }))", ends: "error" },
  {
    name: "global variables",
    code: `for (let i = 0; ; i++) globalThis["v" + i] = new Array(1000).fill(i)`,
    ends: "error",
  },
  {
    name: "endless recursion",
    code: "const f = (n) => f(n + 1) + 1; f(0)",
    ends: { error: ["SANDBOX_STACK", "SANDBOX_MEMORY", "SANDBOX_TIMEOUT"] },
  },
  {
    name: "endless recursion through a getter and a proxy",
    code: "const p = new Proxy({}, { get(_, key, self) { return self[key]; } }); p.x",
    ends: "error",
  },
  {
    name: "endless recursion that catches itself",
    code: "const f = () => { try { f(); } catch { f(); } }; f()",
    ends: "error",
  },
  {
    name: "a deep list as JSON",
    code: "let a = []; for (let i = 0; i < 1e6; i++) a = [a];\nJSON.stringify(a)",
    ends: "error",
  },
  { name: "a deep JSON", code: `JSON.parse("[".repeat(1e6))`, ends: "error" },
  {
    name: "a deep list that is freed",
    code: "let a = []; for (let i = 0; i < 1e6; i++) a = [a];\na = null; 'freed'",
    ends: "anyhow",
  },
  { name: "a large regex", code: "new RegExp('(?:a{1000}){1000}'.repeat(100)).test('a'.repeat(1e5))", ends: "anyhow" },
  {
    name: "memory that fills up while calls are open",
    code: `
      const calls = Array.from({ length: 50 }, () => echo("x".repeat(1e5)));
      const a = [];
      try { for (;;) a.push(new Array(1e4).fill(0)); } catch {}
      globalThis.kept = a;
      await Promise.all(calls)`,
    ends: "error",
  },
  {
    name: "memory of WebAssembly",
    only: "process",
    code: `
      const all = [];
      for (let taken = 0; taken < 40; taken++) {
        const memory = new WebAssembly.Memory({ initial: 512, maximum: 512 });
        new Uint8Array(memory.buffer).fill(1);
        all.push(memory);
      }
      "1.3 GB"`,
    ends: "error",
  },
]);
