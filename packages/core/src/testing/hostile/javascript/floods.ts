import { type HostileProgram, hostilePrograms } from "../hostile-program.ts";

const limit = { error: ["SANDBOX_LIMIT", "SANDBOX_TIMEOUT", "SANDBOX_MEMORY", "SANDBOX_EXCEPTION"] } as const;

/** Programs that send the host more than it should have to take. */
export const floods: readonly HostileProgram[] = hostilePrograms({ language: "javascript", kind: "floods" }, [
  { name: "a huge value", code: `"x".repeat(3e7)`, ends: "error" },
  { name: "a value of characters that take three bytes", code: `"€".repeat(2e7)`, ends: "error" },
  { name: "a deep value", code: "let a = []; for (let i = 0; i < 1e5; i++) a = [a];\na", ends: "error" },
  { name: "a wide value", code: "new Array(2e6).fill(null)", ends: "error" },
  { name: "a huge final answer", code: `finalAnswer("x".repeat(3e7))`, ends: "error" },
  { name: "more calls than are allowed", code: "for (let i = 0; i < 1e5; i++) echo(i); throw 1", ends: "error" },
  {
    name: "calls that stay open",
    code: "for (let i = 0; i < 1000; i++) never().catch(() => {});\n'left'",
    ends: "anyhow",
  },
  {
    name: "calls after the end",
    code: "setTimeout(() => echo('late').catch(() => {}), 20); (async () => { for (;;) { await 0; } })(); echo('late').catch(() => {}); 'left'",
    ends: "anyhow",
  },
  {
    name: "large arguments all at once",
    code: `await Promise.all(Array.from({ length: 20 }, () => echo("x".repeat(2e6)))); 'sent'`,
    ends: "anyhow",
  },
  {
    name: "large arguments of calls that stay open",
    code: `for (let i = 0; i < 20; i++) never("x".repeat(2e6)).catch(() => {});\nawait new Promise(() => {})`,
    ends: "error",
  },
  { name: "an argument that is too large", code: `await echo("x".repeat(2e7))`, ends: limit },
  {
    name: "an argument that is too deep",
    code: "let a = []; for (let i = 0; i < 1e5; i++) a = [a];\nawait echo(a)",
    ends: "error",
  },
  {
    name: "large output",
    code: `for (let i = 0; i < 1e5; i++) console.log("x".repeat(1000));\nthrow 1`,
    ends: "error",
  },
  { name: "output without end", code: `for (;;) console.log("x")`, ends: "error" },
  { name: "output of one huge text", code: `console.log("x".repeat(2e7)); throw 1`, ends: "error" },
  {
    name: "output of a deep value",
    code: "let a = []; for (let i = 0; i < 1e5; i++) a = [a];\nconsole.log(a); throw 1",
    ends: "error",
  },
  { name: "a large error", code: `throw new Error("x".repeat(2e7))`, ends: "error" },
  {
    name: "an error of many errors",
    code: "throw new AggregateError(Array.from({ length: 1e5 }, (_, i) => new Error('x'.repeat(100) + i)), 'many')",
    ends: "error",
  },
  {
    name: "a large error as a value",
    code: `(() => { try { null.x } catch (e) { e.more = "x".repeat(2e7); return e; } })()`,
    ends: "anyhow",
  },
  { name: "many timers", code: "for (let i = 0; i < 1e5; i++) setTimeout(() => {}, 1e6);\nthrow 1", ends: "error" },
  {
    name: "promises that are rejected and forgotten",
    code: "for (let i = 0; i < 1e4; i++) Promise.reject(new Error('forgotten'));\nthrow 1",
    ends: "error",
  },
  {
    name: "large texts for what the engine leaves to the host",
    code: `
      new TextEncoder().encode("€".repeat(1e7));
      btoa("x".repeat(1e7));
      new URL("https://x.org/" + "x".repeat(1e7));
      "é".repeat(1e7).normalize("NFD");
      throw 1`,
    ends: "error",
  },
]);
