import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../packages/cli/src/commands/index.ts";
import { allCommands } from "../../packages/cli/src/cli/find-command.ts";
import { runAtTerminal } from "./terminal.ts";

const workspace = fileURLToPath(new URL("../../", import.meta.url));
const greetSource = `/**
 * Greet a person.
 * @param name - Name of the person.
 * @returns The greeting.
 * @example
 * greet("Ada") // => "Hello Ada"
 */
export function greet(name: string): string {
  return \`Hello \${name}\`;
}
`;

let folder: string;
let bin: string;
let env: Record<string, string>;
let hub: ChildProcess | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-installed-"));
  await run(process.execPath, [join(workspace, "node_modules/typescript/bin/tsc"), "-b", workspace]);
  const tarballs = join(folder, "tarballs");
  await run("npx", ["-y", "pnpm@12", "-r", "--filter", "./packages/*", "pack", "--pack-destination", tarballs]);
  const project = join(folder, "project");
  await mkdir(project);
  await writeFile(
    join(project, "package.json"),
    '{ "private": true, "type": "module", "version": "1.0.0", "license": "MIT" }',
  );
  await writeFile(join(project, "greet.ts"), greetSource);
  const packed = (await readdir(tarballs)).map((name) => join(tarballs, name));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", ...packed], project);
  bin = join(project, "node_modules", ".bin", "smoltools");
  // The program is started by its first line, which asks for node.
  const path = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
  env = { PATH: path, HOME: join(folder, "home"), TERM: "xterm" };
}, 240_000);
afterAll(async () => {
  if (hub && hub.exitCode === null) {
    hub.kill("SIGTERM");
    await once(hub, "exit");
  }
  await rm(folder, { recursive: true, force: true });
});

async function run(program: string, args: readonly string[], cwd = workspace): Promise<void> {
  await promisify(execFile)(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
}

/** Runs the installed program in the project; fails where it does. */
async function smoltools(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(bin, args, { cwd: join(folder, "project"), env });
  return stdout;
}

describe("the installed command", { timeout: 120_000 }, () => {
  it("is the version of its package, and needs nothing that is not installed with it", async () => {
    const root = join(folder, "project", "node_modules", "@smoltools", "cli");
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    expect(await smoltools("--version")).toBe(`${version}\n`);
    expect((await readdir(join(root, "dist"))).filter((name) => name.includes(".test."))).toEqual([]);
  });

  it("explains every command", async () => {
    const all = [...allCommands(commands)].map(({ path }) => path);
    const helps = await Promise.all(all.map((path) => smoltools(...path, "--help")));
    for (const [index, path] of all.entries()) expect(helps[index]).toContain(`Usage: smoltools ${path.join(" ")}`);
  });

  it("checks, publishes, locks, installs and runs a tool, on a hub that it serves itself", async () => {
    hub = spawn(bin, ["serve", "--data", join(folder, "hub"), "--port", "0", "--json"], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [chunk] = (await once(hub.stdout ?? hub, "data")) as [Buffer];
    const { url, token } = JSON.parse(chunk.toString()) as { url: string; token: string };
    env = { ...env, HF_ENDPOINT: url };
    const login = promisify(execFile)(bin, ["login", "--token-stdin"], { env });
    login.child.stdin?.end(token);
    expect((await login).stdout).toContain("logged in to 127.0.0.1");
    expect(await smoltools("check", "greet.ts")).toContain("greet(");
    expect(await smoltools("push", "greet.ts", "me/greet", "--yes")).toContain("published me/greet 1.0.0");
    expect(await smoltools("add", "me/greet@^1")).toContain("locked in smoltools.lock");
    expect(await smoltools("install", "--frozen")).toContain("installed me/greet 1.0.0");
    expect(await smoltools("run", "me/greet@^1", "--name", "Ada")).toBe("Hello Ada\n");
    expect(JSON.parse(await smoltools("info", "me/greet", "--json"))).toMatchObject({ versions: ["1.0.0"] });
  });

  it("asks at a terminal before it publishes, and takes no for an answer", async () => {
    const command = [bin, "push", "greet.ts", "me/greet", "--version", "1.0.1"];
    const session = runAtTerminal(command, { env, cwd: join(folder, "project") });
    await session.until(/Publish me\/greet 1\.0\.1 on 127/);
    session.type("n");
    const { code, shown } = await session.end();
    expect([code, shown]).toEqual([0, expect.stringContaining("nothing was published")]);
    expect(await smoltools("versions", "me/greet")).toMatch(/^1\.0\.0 /);
  });
});
