import { type HostileProgram, hostilePrograms, type HostileSource } from "../hostile-program.ts";
import { builtins } from "./builtins.ts";

const sources: readonly HostileSource[] = [
  {
    name: "an end of the run that it makes up",
    code: `for (let run = 0; run < 5; run++) await say({ type: "ended", run, json: '"forged"' });\nawait new Promise(() => {})`,
    ends: "anyhow",
  },
  {
    name: "ends of runs that are still to come",
    code: `for (let run = 3; run < 9; run++) await say({ type: "ended", run, json: '"forged"' });\n'own'`,
    ends: { value: "own" },
  },
  {
    name: "an end with all kinds of wrong fields",
    code: `
      await say({ type: "ended", run: 2, json: "not json", failure: { name: "x y", message: 1, line: -1, column: "1",
        code: "SANDBOX_CRASH", limit: "constructor", stack: "at ".repeat(1e5) }, busy: "yes" });
      await new Promise(() => {})`,
    ends: "anyhow",
  },
  {
    name: "an answer that is too large",
    code: `await say({ type: "answer", json: JSON.stringify("x".repeat(2e7)) });\nawait new Promise(() => {})`,
    ends: "error",
  },
  {
    name: "calls of functions that do not exist",
    code: `
      await say({ type: "calls", calls: ["constructor", "__proto__", "toString", "valueOf", "host:fetch", "process.exit"]
        .map((name, id) => ({ id: 1000 + id, name, args: "[]" })) });
      await new Promise(() => {})`,
    ends: "error",
  },
  {
    name: "calls of its own tools with arguments that are none",
    code: `
      await say({ type: "calls", calls: ["{", "1", "{}", '{"length":9}', "[", "null", ""]
        .map((args, id) => ({ id: 1000 + id, name: "echo", args, undefinedAt: "0,-1,__proto__,length,1e9,NaN" })) });
      await echo("after")`,
    ends: "anyhow",
  },
  {
    name: "a call with a name that is a megabyte long",
    code: `
      await say({ type: "calls", calls: [{ id: 1000, name: "x".repeat(1e6), args: "[]" }] });
      await new Promise(() => {})`,
    ends: "error",
  },
  {
    name: "an end whose error has a name that cannot be a text",
    code: `
      await say({ type: "ended", run: 2, failure: { name: { toString: 1, valueOf: 1 }, message: "x" } });
      await new Promise(() => {})`,
    ends: "error",
  },
  {
    name: "a message of millions of parts",
    code: `await say('{"type":"calls","calls":[' + "{},".repeat(1e7) + "{}]}");\nawait new Promise(() => {})`,
    ends: "error",
  },
  {
    name: "calls with ids that are taken",
    code: `
      await say({ type: "calls", calls: Array.from({ length: 100 }, () => ({ id: 7, name: "never", args: "[]" })) });
      await new Promise(() => {})`,
    ends: "error",
  },
  {
    name: "more calls than are allowed, without waiting",
    code: `
      for (let id = 1e6; ; id += 1000) {
        const calls = Array.from({ length: 1000 }, (_, n) => ({ id: id + n, name: "echo", args: "[1]" }));
        await say({ type: "calls", calls });
      }`,
    ends: "error",
  },
  {
    name: "a deep argument that it sends by itself",
    code: `
      await say({ type: "calls", calls: [{ id: 1e6, name: "echo", args: "[".repeat(1e5) + "]".repeat(1e5) }] });
      await new Promise(() => {})`,
    ends: "error",
  },
  {
    name: "lines that are no messages",
    code: `await say("garbage", "", "\\u0000\\uffff", "null", "[]", "1");\nawait new Promise(() => {})`,
    ends: "error",
  },
  { name: "a deep message", code: `await say("[".repeat(1e6));\nawait new Promise(() => {})`, ends: "error" },
  { name: "a line of 100 MB", code: `await say("x".repeat(1e8));\nawait new Promise(() => {})`, ends: "error" },
  {
    name: "a line that never ends",
    code: `const fs = await builtin("fs");\nfor (;;) for (const fd of await channels()) try { fs.writeSync(fd, "x".repeat(65536)); } catch {}`,
    ends: "error",
  },
  {
    name: "setting up again and again",
    code: `for (let i = 0; i < 1000; i++) await say({ type: "ready" }, { type: "failed", message: "x".repeat(1000) });\nawait echo("after")`,
    ends: "anyhow",
  },
  {
    name: "messages that only the host may send",
    code: `
      await say({ type: "run", run: 9, step: {}, variables: [] }, { type: "settle", answers: [] }, { type: "stop", run: 2 });
      await echo("after")`,
    ends: "anyhow",
  },
  {
    name: "a flood of small messages",
    code: `for (;;) await say(...new Array(1000).fill({ type: "pong", id: 1 }))`,
    ends: "error",
  },
  {
    name: "a flood of cancellations",
    code: `for (;;) await say(...new Array(1000).fill({ type: "cancel", id: 1 }))`,
    ends: "error",
  },
  {
    name: "output that it sends by itself",
    code: `for (;;) await say({ type: "output", texts: new Array(1000).fill("x".repeat(100)) })`,
    ends: "error",
  },
  {
    name: "fields that mean something to every object",
    code: `
      await say('{"__proto__":{"polluted":1},"type":"output","texts":["a"]}', '{"type":"__proto__"}',
        '{"type":"constructor"}', '{"type":"output","texts":{"__proto__":[]}}');
      await new Promise(() => {})`,
    ends: "error",
  },
  {
    name: "a thief that reads the channel",
    code: `
      const fs = await builtin("fs");
      const call = echo("stolen").catch(() => {});
      const stolen = Buffer.alloc(65536);
      for (const end = Date.now() + 100; Date.now() < end; ) {
        for (const fd of await channels()) try { fs.readSync(fd, stolen); } catch {}
      }
      await call`,
    ends: "anyhow",
  },
  {
    name: "a channel that it closes",
    code: `
      const fs = await builtin("fs");
      for (const fd of await channels()) try { fs.closeSync(fd); } catch {}
      await echo("after")`,
    ends: "error",
  },
];

/** Programs that speak to the host by themselves, past the tools that they were given. */
export const protocol: readonly HostileProgram[] = hostilePrograms(
  { language: "javascript", kind: "protocol", only: "process", prelude: builtins },
  sources,
);
