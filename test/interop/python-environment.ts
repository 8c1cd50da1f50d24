import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";

/** The Python of a virtual environment; `undefined` when `pnpm test:interop` has not made it. */
export function pythonOf(environment: string): string | undefined {
  const venv = join(import.meta.dirname, "..", "..", environment);
  return ["bin/python", "Scripts/python.exe"].map((path) => join(venv, path)).find((path) => existsSync(path));
}

/** The Python with smolagents and Gradio. */
export const interopPython: string | undefined = pythonOf(".venv");

/** What to do where {@link interopPython} is missing, for the names of tests that are skipped. */
export const interopPythonHint = "needs .venv: install python3-venv, then run pnpm test:interop";

/** Longest run of one program, in milliseconds. */
const timeoutMs = 90_000;

/** The environment of programs: a hub, a home of their own, and nothing that asks the internet. */
export function pythonEnv(hubUrl: string, home: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { HF_TOKEN: _token, NODE_BINARY: _node, NODE_OPTIONS: _options, ...env } = process.env;
  return {
    ...env,
    HF_ENDPOINT: hubUrl,
    HF_HOME: home,
    HF_HUB_DISABLE_TELEMETRY: "1",
    HF_HUB_DISABLE_XET: "1",
    GRADIO_ANALYTICS_ENABLED: "False",
    PYTHONDONTWRITEBYTECODE: "1",
    ...more,
  };
}

/**
 * Runs a program of `programs/`. It prints one JSON value at its end: what it found, by name.
 *
 * @param args - Further arguments.
 */
export async function runProgram(
  name: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<Record<string, unknown>> {
  const program = join(import.meta.dirname, "programs", name);
  const options = { env, timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(interopPython ?? "python3", [program, ...args], options);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
}

/** A program that serves something, until it is disposed of. */
export async function startServer(
  args: readonly string[],
  { cwd, env, ready, python }: { cwd: string; env: NodeJS.ProcessEnv; ready: RegExp; python?: string },
): Promise<AsyncDisposable> {
  const child = spawn(python ?? interopPython ?? "python3", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const gone = once(child, "exit");
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${args.join(" ")} is not ready:\n${output}`)), timeoutMs);
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!ready.test(output)) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    void gone.then(() => reject(new Error(`${args.join(" ")} has ended:\n${output}`)));
  });
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
