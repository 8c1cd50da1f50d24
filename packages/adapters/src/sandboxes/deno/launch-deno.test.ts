import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { processSandbox } from "../process/index.ts";
import { findDeno } from "./find-deno.ts";
import { removeOrphans } from "./own-folders.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "launch-deno-"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test("a Deno that goes by the name of node is refused: it would have all permissions", async () => {
  const denoPath = join(folder, "node");
  await symlink((await findDeno()) ?? "", denoPath);
  const creation = processSandbox({ isolation: "deno", denoPath }).create();
  await expect(creation).rejects.toMatchObject({ code: "SANDBOX_BAD_OPTIONS", message: /all permissions/ });
});

test("the folder of a Deno is gone with it", async () => {
  vi.stubEnv("TMPDIR", folder);
  const sandbox = await processSandbox({ isolation: "deno" }).create();
  expect(readdirSync(folder)).toHaveLength(1);
  await sandbox.dispose();
  await expect.poll(() => readdirSync(folder)).toEqual([]);
});

/** All files below the folder, with their sizes. */
function filesBelow(path: string): [name: string, bytes: number][] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [name, statSync(join(parentPath, name)).size]);
}

test.each([
  ["a cache", `(await caches.open("c")).put("http://a.example", new Response(new Uint8Array(1e6)))`],
  ["storage", `localStorage.setItem("a", "x".repeat(1e6))`],
])("the code cannot put anything on the disk by %s", async (_what, code) => {
  vi.stubEnv("TMPDIR", folder);
  await using sandbox = await processSandbox({ isolation: "deno" }).create();
  const before = filesBelow(folder);
  const { error } = await sandbox.run(`await ${code}`);
  expect(error).toMatchObject({ code: "SANDBOX_EXCEPTION" });
  expect(filesBelow(folder)).toEqual(before);
});

interface Host extends Disposable {
  pid: number;
  /** Resolves when the code runs. */
  started: Promise<unknown>;
  /** Ends it as the system ends a program that takes too much. */
  kill(): Promise<void>;
}

/** A process that runs code in Deno, says `started` when the code does, and has all its temporary files in the folder. */
function startHost(code: string, descriptors: readonly number[] = []): Host {
  const program = fileURLToPath(new URL("test-support/host.ts", import.meta.url));
  const host = spawn(process.execPath, ["--conditions=@smoltools/source", program, code], {
    stdio: ["ignore", "pipe", "inherit", ...descriptors],
    env: { ...process.env, TMPDIR: folder },
  });
  const exit = once(host, "exit");
  return {
    pid: host.pid ?? 0,
    started: once(host.stdout ?? host, "data"),
    kill: async () => {
      host.kill("SIGKILL");
      await exit;
    },
    [Symbol.dispose]: () => void host.kill("SIGKILL"),
  };
}

/** The processes below one, with their descendants. */
function descendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
  return children.concat(children.flatMap(descendants));
}

describe.runIf(process.platform === "linux")("on Linux", () => {
  test.each([
    ["works", "await started(); for (;;);"],
    ["waits", "await started(); await new Promise(() => {})"],
  ])("a Deno that %s ends with a host that is killed, and the next one removes its folder", async (_what, code) => {
    using host = startHost(code);
    await host.started;
    const guests = descendants(host.pid);
    expect(guests.length).toBeGreaterThan(0);
    await host.kill();
    await expect.poll(() => guests.filter((pid) => existsSync(`/proc/${pid}/cwd`)), { timeout: 5000 }).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(1);
    vi.stubEnv("TMPDIR", folder);
    await removeOrphans();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a Deno that writes a file by temporary tables is ended", async () => {
    await using sandbox = await processSandbox({ isolation: "deno" }).create();
    const { error, stateLost } = await sandbox.run(`
      const { DatabaseSync } = await import("node:sqlite");
      const database = new DatabaseSync(":memory:");
      database.exec("PRAGMA temp_store = 1; PRAGMA cache_size = 10; CREATE TEMP TABLE t (a)");
      const insert = database.prepare("INSERT INTO temp.t VALUES (randomblob(1000000))");
      for (let row = 0; row < 20; row += 1) insert.run()`);
    expect(error).toMatchObject({ code: "SANDBOX_CRASH", message: expect.stringContaining("SIGXFSZ") });
    expect(stateLost).toBe(true);
  });

  test("a descriptor that the host was started with is none of Deno's", async () => {
    const secret = join(folder, "secret");
    const file = openSync(secret, "w");
    using host = startHost("await started(); await new Promise(() => {})", [file]);
    closeSync(file);
    await host.started;
    const filesOf = (pid: number): string[] =>
      readdirSync(`/proc/${pid}/fd`).map((descriptor) => readlinkSync(`/proc/${pid}/fd/${descriptor}`));
    expect(filesOf(host.pid)).toContain(secret);
    const guests = descendants(host.pid);
    expect(guests.length).toBeGreaterThan(0);
    expect(guests.flatMap(filesOf)).not.toContain(secret);
  });
});
