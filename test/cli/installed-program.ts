import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { HubClient } from "@smoltools/hub";
import type { CliResult } from "./run-cli.ts";
import { runAtTerminal, type TerminalOptions, type TerminalSession } from "./terminal.ts";

const workspace = fileURLToPath(new URL("../../", import.meta.url));

/** How the installed program is run. */
export interface InstalledOptions {
  cwd?: string;
  env?: Record<string, string>;
  stdin?: string;
  /** Ctrl-C once this was printed. */
  interruptAt?: RegExp;
  /** Ctrl-C after so many milliseconds. */
  interruptAfterMs?: number;
  /** The Node.js that runs it, in place of that of this process. */
  node?: string;
}

/** The program as npm installs it from the tarballs of the packages, with a hub that it serves. */
export interface InstalledProgram extends AsyncDisposable {
  folder: string;
  /** The program itself. */
  bin: string;
  /** What it is run with. */
  env: Readonly<Record<string, string>>;
  /** Folder of `@smoltools/cli` as it was installed. */
  root: string;
  /** Folder with everything that the hub keeps. */
  hubData: string;
  hubUrl: string;
  /** That of the hub's owner, `me`. */
  token: string;
  client: HubClient;
  /** Runs it where no terminal is, with nothing of this environment but the path. */
  run(args: readonly string[], options?: InstalledOptions): Promise<CliResult>;
  /** Runs another program in the same way. */
  start(program: string, args: readonly string[], options: { env: Record<string, string> }): Promise<CliResult>;
  atTerminal(args: readonly string[], options?: TerminalOptions): TerminalSession;
}

/** Packs the packages of the workspace, installs them into a new folder, and serves a hub from there. */
export async function installProgram(): Promise<InstalledProgram> {
  const folder = await mkdtemp(join(tmpdir(), "cli-installed-"));
  const project = join(folder, "project");
  try {
    await install(folder, project);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  const bin = join(project, "node_modules", ".bin", "smoltools");
  // The program is started by its first line, which asks for node.
  const base = {
    PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`,
    HOME: join(folder, "home"),
    HF_HOME: join(folder, "hf"),
    TERM: "xterm",
    // What was compiled for one is there for all.
    NODE_COMPILE_CACHE: join(folder, "compiled"),
  };
  const hubData = join(folder, "hub");
  const hub = spawn(bin, ["serve", "--data", hubData, "--port", "0", "--json"], {
    env: base,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(hub, "exit").then(() => Promise.reject(new Error("The hub did not start")));
  const [chunk] = (await Promise.race([once(hub.stdout, "data"), ended])) as [Buffer];
  ended.catch(() => undefined);
  const { url: hubUrl, token } = JSON.parse(chunk.toString()) as { url: string; token: string };
  const onHub = { ...base, HF_ENDPOINT: hubUrl, HF_TOKEN: token };
  return {
    folder,
    bin,
    env: onHub,
    root: join(project, "node_modules", "@smoltools", "cli"),
    hubData,
    hubUrl,
    token,
    client: new HubClient({ hubUrl, token, retries: 0 }),
    run: (args, { node, cwd = folder, env = {}, ...more } = {}) => {
      const [program, words] = node === undefined ? [bin, args] : [node, [bin, ...args]];
      return finished(program, words, { ...more, cwd, env: { ...onHub, ...env } });
    },
    start: (other, args, { env }) => finished(other, args, { cwd: folder, env }),
    atTerminal: (args, { env = {}, cwd = folder, ...more } = {}) =>
      runAtTerminal([bin, ...args], { ...more, cwd, env: { ...onHub, ...env } }),
    [Symbol.asyncDispose]: async () => {
      hub.kill("SIGTERM");
      if (hub.exitCode === null) await once(hub, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function install(folder: string, project: string): Promise<void> {
  const execute = promisify(execFile);
  const maxBuffer = 64 * 1024 * 1024;
  const tsc = join(workspace, "node_modules/typescript/bin/tsc");
  await execute(process.execPath, [tsc, "-b", workspace], { maxBuffer });
  const tarballs = join(folder, "tarballs");
  const pack = ["-y", "pnpm@12", "-r", "--filter", "./packages/*", "pack", "--pack-destination", tarballs];
  await execute("npx", pack, { cwd: workspace, maxBuffer });
  await mkdir(project);
  await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }');
  const packed = (await readdir(tarballs)).map((name) => join(tarballs, name));
  const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await execute("npm", ["install", ...quiet, ...packed], { cwd: project, maxBuffer });
}

async function finished(
  program: string,
  args: readonly string[],
  {
    cwd,
    env,
    stdin = "",
    interruptAt,
    interruptAfterMs,
  }: InstalledOptions & { cwd: string; env: Record<string, string> },
): Promise<CliResult> {
  const child = spawn(program, args, { cwd, env, stdio: "pipe" });
  const result: CliResult = { code: null, stdout: "", stderr: "" };
  // A program that ends early does not read what it is sent.
  child.stdin.on("error", () => undefined).end(stdin);
  let isInterrupted = false;
  const look = () => {
    if (isInterrupted || !interruptAt?.test(result.stdout + result.stderr)) return;
    isInterrupted = child.kill("SIGINT");
  };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk: Buffer) => {
      result[name] += chunk.toString();
      look();
    });
  }
  const timer = interruptAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGINT"), interruptAfterMs);
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  // As a shell tells it.
  return { ...result, code: signal === "SIGINT" ? 130 : code };
}
