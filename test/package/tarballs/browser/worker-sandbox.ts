import type { RunResult, Sandbox, SandboxOptions, SandboxProvider } from "@smoltools/core";

/** What the worker says: it calls a function of the page, or has come to the end of a run. */
type FromWorker =
  | { kind: "call"; id: number; name: string; args: unknown[] }
  | { kind: "end"; result: Pick<RunResult, "value" | "output" | "error" | "finalAnswer"> };

/** The program of the worker: each run is the body of an asynchronous function. */
const workerProgram = `
const calls = new Map();
const lines = [];
console.log = (...values) => lines.push(values.map((one) => typeof one === "string" ? one : JSON.stringify(one)).join(" "));
const call = (name, args) => new Promise((resolve, reject) => {
  calls.set(calls.size, { resolve, reject });
  postMessage({ kind: "call", id: calls.size - 1, name, args });
});
onmessage = async ({ data }) => {
  if (data.kind === "answer") {
    const { resolve, reject } = calls.get(data.id);
    return "error" in data ? reject(new Error(data.error)) : resolve(data.value);
  }
  const result = {};
  const functions = data.names.map((name) => (...args) => call(name, args));
  const finalAnswer = (value) => { result.finalAnswer ??= { value }; };
  const AsyncFunction = (async () => {}).constructor;
  try {
    result.value = await new AsyncFunction(...data.names, "finalAnswer", data.code)(...functions, finalAnswer);
  } catch (error) {
    result.error = { code: "SANDBOX_EXCEPTION", name: error.name, message: error.message };
  }
  postMessage({ kind: "end", result: { ...result, output: lines.splice(0).join("\\n") } });
};
`;

/** A sandbox of the page's own, as small as one can be: code runs in a worker, and no variable outlives its run. */
export const workerSandbox: SandboxProvider = {
  name: "worker",
  language: "javascript",
  create: ({ functions = {} }: SandboxOptions = {}): Promise<Sandbox> => {
    const url = URL.createObjectURL(new Blob([workerProgram], { type: "text/javascript" }));
    const worker = new Worker(url);
    const say = worker.postMessage.bind(worker);
    const dispose = (): Promise<void> => {
      worker.terminate();
      URL.revokeObjectURL(url);
      return Promise.resolve();
    };
    const answer = async (id: number, name: string, args: unknown[]): Promise<void> => {
      const { signal } = new AbortController();
      try {
        const value = await functions[name]?.(args, { signal, untimed: (work) => work });
        say({ kind: "answer", id, value });
      } catch (error) {
        say({ kind: "answer", id, error: error instanceof Error ? error.message : String(error) });
      }
    };
    const run = (code: string): Promise<RunResult> =>
      new Promise((resolve) => {
        const startedAt = performance.now();
        worker.addEventListener("message", function listen({ data }: MessageEvent<FromWorker>) {
          if (data.kind === "call") return void answer(data.id, data.name, data.args);
          worker.removeEventListener("message", listen);
          resolve({ ...data.result, stateLost: true, durationMs: performance.now() - startedAt });
        });
        say({ kind: "run", code, names: Object.keys(functions) });
      });
    return Promise.resolve({ name: "worker", language: "javascript", run, dispose, [Symbol.asyncDispose]: dispose });
  },
};
