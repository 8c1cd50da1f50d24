import { type HostileProgram, hostilePrograms, type HostileSource } from "../hostile-program.ts";
import { builtins } from "./builtins.ts";

const timeout = { error: ["SANDBOX_TIMEOUT"] } as const;

const sources: readonly HostileSource[] = [
  { name: "an exit", code: "process.exit(0)", ends: "error" },
  { name: "an exit without ceremony", code: "process.reallyExit(0)", ends: "error" },
  {
    name: "an exit that does not end",
    code: "process.on('exit', () => { for (;;); }); process.exit(0)",
    ends: "error",
  },
  { name: "an abort", code: "process.abort()", ends: "error" },
  { name: "a signal that kills it", code: "process.kill(process.pid, 'SIGKILL'); for (;;);", ends: "error" },
  { name: "a signal that halts it", code: "process.kill(process.pid, 'SIGSTOP'); for (;;);", ends: "error" },
  {
    name: "signals that are ignored",
    code: "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']) process.on(name, () => {});\nfor (;;);",
    ends: timeout,
  },
  {
    name: "signals to everybody",
    breaksItself: true,
    code: `
      for (const pid of [1, process.ppid, 0, -1, -process.pid]) try { process.kill(pid, "SIGCONT"); } catch {}
      "sent"`,
    ends: "anyhow",
  },
  {
    name: "errors that nobody is to hear of",
    code: `
      process.on("uncaughtException", () => {});
      process.on("unhandledRejection", () => {});
      process.setUncaughtExceptionCaptureCallback?.(() => {});
      setTimeout(() => { throw new Error("later"); }, 1);
      Promise.reject(new Error("forgotten"));
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error("own")`,
    ends: "error",
  },
  {
    name: "an error in a timer",
    code: "setTimeout(() => { throw new Error('later'); }, 1); await new Promise((go) => setTimeout(go, 50)); 'on'",
    ends: "anyhow",
  },
  {
    name: "a rejection after the end",
    code: "setTimeout(() => Promise.reject(new Error('late')), 5); 'left'",
    ends: "anyhow",
  },
  {
    name: "ticks that never let anything else happen",
    code: "const f = () => process.nextTick(f); f(); await new Promise(() => {})",
    ends: "error",
  },
  {
    name: "hooks on everything asynchronous",
    breaksItself: true,
    code: `
      const { createHook } = await builtin("async_hooks");
      createHook({ init() { throw new Error("hook"); }, before() {}, after() {} }).enable();
      await echo(1)`,
    ends: "anyhow",
  },
  {
    name: "work that goes on between runs",
    breaksItself: true,
    code: "setInterval(() => { for (const end = Date.now() + 20; Date.now() < end; ); echo('late').catch(() => {}); }, 0); 'left'",
    ends: "anyhow",
  },
  {
    name: "an inspector that listens",
    breaksItself: true,
    code: `
      const inspector = await builtin("inspector");
      try { inspector.open(0, "127.0.0.1"); } catch {}
      try { process.kill(process.pid, "SIGUSR1"); } catch {}
      try { inspector.close(); } catch {}
      "tried"`,
    ends: "anyhow",
  },
  {
    name: "a wait for a debugger",
    code: `const inspector = await builtin("inspector"); inspector.open(0); inspector.waitForDebugger()`,
    ends: "error",
  },
  {
    name: "a session with itself",
    code: `
      const { Session } = await builtin("inspector");
      const session = new Session();
      session.connect();
      session.post("Debugger.enable");
      session.post("Runtime.evaluate", { expression: "for (;;);", includeCommandLineAPI: true });`,
    ends: "error",
  },
  {
    name: "machine code of its own",
    code: `
      for (const path of ["/lib/x86_64-linux-gnu/libc.so.6", "/lib/aarch64-linux-gnu/libc.so.6", "/lib64/libc.so.6"]) {
        try { process.dlopen({ exports: {} }, path); } catch (error) { console.log(error.message); }
      }
      throw new Error("none")`,
    ends: "error",
  },
  {
    name: "flags of V8 that make it crash",
    code: `
      const v8 = await builtin("v8");
      v8.setFlagsFromString("--stack-size=1000000");
      const f = (n) => f(n + 1) + 1;
      await new Promise((go) => setTimeout(go, 1));
      f(0)`,
    ends: "error",
  },
  {
    name: "threads that never end",
    code: `
      const { Worker } = await builtin("worker_threads");
      const workers = Array.from({ length: 8 }, () => new Worker("for (;;);", { eval: true }));
      for (const worker of workers) worker.on("error", () => {});
      await Promise.all(workers.map((worker) => new Promise((go) => worker.once("exit", go))))`,
    ends: "error",
  },
  {
    name: "a wait on memory that threads share",
    code: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
    ends: timeout,
  },
  {
    name: "closed standard streams",
    code: `
      const fs = await builtin("fs");
      for (const fd of [0, 1, 2]) try { fs.closeSync(fd); } catch {}
      console.log("on");
      await echo("on")`,
    ends: "anyhow",
  },
  {
    name: "a flood of the standard streams",
    code: `
      const fs = await builtin("fs");
      const text = "x".repeat(65536);
      for (;;) for (const fd of [1, 2]) try { fs.writeSync(fd, text); } catch {}`,
    ends: "error",
  },
  {
    name: "all descriptors that it can get",
    code: `
      const fs = await builtin("fs");
      globalThis.open = [];
      try { for (let i = 0; i < 1e5; i++) open.push(fs.openSync("/dev/null")); } catch {}
      await echo("on")`,
    breaksItself: true,
    ends: "anyhow",
  },
  {
    name: "modules that are not what they were",
    breaksItself: true,
    code: `
      const [fs, net, stream] = [await builtin("fs"), await builtin("net"), await builtin("stream")];
      for (const one of [fs, net.Socket.prototype, stream.Writable.prototype, stream.Readable.prototype, Buffer, process]) {
        for (const key of Object.getOwnPropertyNames(one)) try { one[key] = () => { throw 1; }; } catch {}
      }
      await echo(1)`,
    ends: "anyhow",
  },
  {
    name: "a fork bomb of 200 processes that end by themselves",
    aims: true,
    code: `
      const { spawn } = await builtin("child_process");
      let started = 0;
      for (let i = 0; i < 200; i++) {
        try { const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }); child.on("error", () => {}); if (child.pid) started++; }
        catch {}
      }
      await reached({ processes: () => started >= 200 && started })`,
    ends: { value: [] },
  },
];

/** Programs that own a process, and do with it what they should not. */
export const process: readonly HostileProgram[] = hostilePrograms(
  { language: "javascript", kind: "process", only: "process", prelude: builtins },
  sources,
);
