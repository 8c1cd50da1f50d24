import { runInThisContext } from "node:vm";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import { each, interleaved, timed } from "../lib/measure.ts";
import { type Row, row } from "../lib/row.ts";

const sum = "(() => { let s = 0; for (let i = 0; i < 3e6; i++) s += i; return s })()";
const fib = "(() => { const f = (n) => (n < 2 ? n : f(n - 1) + f(n - 2)); return f(25) })()";
const sort =
  "(() => { let x = 1; const a = Array.from({ length: 1e5 }, () => (x = (x * 16807) % 2147483647)); a.sort((p, q) => p - q); return a[0] })()";

/** Code without any sandbox, in the global scope of this process. */
const plainV8 = (code: string): unknown => runInThisContext(code);

/** The QuickJS sandbox beside the same code in plain V8, which isolates nothing. */
export async function bench(): Promise<Row[]> {
  const provider = quickjs();
  const cold = await timed(async () => {
    const sandbox = await provider.create();
    await sandbox.dispose();
  });
  const echo = (args: unknown[]) => args[0];
  await using sandbox = await provider.create({ functions: { echo } });
  await sandbox.run("let n = 0;");
  const run = async (code: string) => {
    const { error } = await sandbox.run(code, { timeoutMs: 60_000 });
    if (error) throw new Error(error.message);
  };
  const local = async (value: unknown) => value;
  const ms = await interleaved(
    {
      create: async () => {
        const start = performance.now();
        const fresh = await provider.create();
        const taken = performance.now() - start;
        await fresh.dispose();
        return taken;
      },
      step: () => each(50, () => run("n += 1")),
      v8Step: () => each(50, () => plainV8("globalThis.n = (globalThis.n ?? 0) + 1")),
      call: () => each(50, () => run("await echo(1)")),
      v8Call: () => each(50, () => local(1)),
      calls100: () => each(5, () => run("await Promise.all(Array.from({ length: 100 }, (_, i) => echo(i)))")),
      v8Calls100: () => each(5, () => Promise.all(Array.from({ length: 100 }, (_, i) => local(i)))),
      sum: () => timed(() => run(sum)),
      v8Sum: () => timed(() => plainV8(sum)),
      fib: () => timed(() => run(fib)),
      v8Fib: () => timed(() => plainV8(fib)),
      sort: () => timed(() => run(sort)),
      v8Sort: () => timed(() => plainV8(sort)),
    },
    9,
  );
  const v8 = (value: number) => ({ name: "plain V8", value });
  return [
    row("create, first of the process", "ms", cold),
    row("create, from the warm pool", "ms", ms.create),
    row("trivial step", "ms", ms.step, v8(ms.v8Step)),
    row("step with one tool call", "ms", ms.call, v8(ms.v8Call)),
    row("step with 100 parallel tool calls", "ms", ms.calls100, v8(ms.v8Calls100)),
    row("sum to 3e6 in a loop", "ms", ms.sum, v8(ms.v8Sum)),
    row("fib(25)", "ms", ms.fib, v8(ms.v8Fib)),
    row("sort 1e5 numbers", "ms", ms.sort, v8(ms.v8Sort)),
  ];
}
