import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const timeout = { error: ["SANDBOX_TIMEOUT"] } as const;

/** Programs that do not end by themselves, or not soon. */
export const time: readonly HostileProgram[] = hostilePrograms({ language: "javascript", kind: "time" }, [
  { name: "an endless loop (case 101)", code: "for (;;);", ends: timeout },
  {
    name: "an endless loop that catches everything",
    code: "for (;;) try { throw 1; } catch { continue; } finally { continue; }",
    ends: timeout,
  },
  {
    name: "an endless loop in the finally of a final answer",
    code: "try { finalAnswer(1); } finally { for (;;); }",
    ends: { answer: 1 },
  },
  { name: "an endless chain of promises", code: "const f = () => Promise.resolve().then(f); await f()", ends: timeout },
  { name: "an endless row of awaits", code: "for (;;) await 0", ends: timeout },
  {
    name: "an endless row of awaits in the background",
    code: "(async () => { for (;;) await 0; })(); throw 1",
    ends: "error",
  },
  {
    name: "a flood of microtasks",
    code: "const f = () => { queueMicrotask(f); queueMicrotask(() => {}); }; f(); await new Promise(() => {})",
    ends: "error",
  },
  { name: "a promise that never settles", code: "await new Promise(() => {})", ends: timeout },
  { name: "a tool that never answers", code: "await never()", ends: timeout },
  {
    name: "a timer that sets itself again",
    code: "const again = () => setTimeout(again, 0); again(); await new Promise(() => {})",
    ends: timeout,
  },
  {
    name: "timers that multiply",
    code: "const again = () => { setTimeout(again, 0); setTimeout(again, 0); }; again(); await new Promise(() => {})",
    ends: "error",
  },
  {
    name: "calls of a tool without end",
    code: "for (;;) await echo(0)",
    ends: { error: ["SANDBOX_TIMEOUT", "SANDBOX_LIMIT"] },
  },
  { name: "a regex that backtracks", code: `/^(a+)+$/.test("a".repeat(50) + "b")`, ends: "error" },
  { name: "a replacement that multiplies", code: `let s = "x"; for (;;) s = s.replace(/x/g, "xx")`, ends: "error" },
  { name: "a huge bigint", code: "(2n ** 4000000n) ** 10n", ends: "error" },
  { name: "a bigint as text", code: "(7n ** 3000000n).toString().length > 0", ends: "anyhow" },
  { name: "the text of an endless list", code: `new Array(2 ** 32 - 2).join("x")`, ends: "error" },
  {
    name: "a comparison that takes its time",
    code: "Array.from({ length: 1e5 }, (_, i) => i).sort(() => { for (let i = 0; i < 1e6; i++); return 0; })",
    ends: timeout,
  },
  { name: "a list of what never ends", code: "[...(function* () { for (;;) yield 1; })()]", ends: "error" },
  {
    name: "a generator that does not let itself be closed",
    code: `
      function* open() { try { yield 1; } finally { for (;;) yield 2; } }
      for (const one of open()) break;
      for (const one of open()) { }`,
    ends: timeout,
  },
  {
    name: "an endless generator of which little is asked (case 107)",
    code: "function* all() { for (let i = 0; ; i++) yield i; }\nconst [a, b] = all(); [a, b]",
    ends: { value: [0, 1] },
  },
  { name: "an endless reviver", code: `JSON.parse("[1,2]", function () { for (;;); })`, ends: timeout },
]);
