import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type HubServer, type HubServerOptions, serveHub } from "@smoltools/hub/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const bin = join(import.meta.dirname, "..", "..", ".venv", process.platform === "win32" ? "Scripts" : "bin");
const python = join(bin, "python");
const script = join(import.meta.dirname, "hub_clients.py");

/** The functions of the script, with the sentence in each one's docstring. */
const cases = new Map(
  [...readFileSync(script, "utf8").matchAll(/^def (case_\w+)\(\):\n {4}"""(.+)"""$/gm)].map(
    ([, name = "", says = ""]) => [name, says],
  ),
);
/** The cases that need a hub of their own; all others are in the group `main`. */
const special = ["case_large_file", "case_large_file_by_xet", "case_rate_limit"];

let folder: string;
const hubs: HubServer[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hub-clients-"));
});
afterAll(async () => {
  for (const hub of hubs) await hub.close();
  await rm(folder, { recursive: true, force: true });
});

async function startHub(name: string, options: Partial<HubServerOptions> = {}): Promise<string> {
  const hub = await serveHub({
    root: join(folder, name),
    tokens: [
      { token: "hf_alice", user: "alice", role: "write", orgs: ["acme"] },
      { token: "hf_bob", user: "bob", role: "write" },
      { token: "hf_reader", user: "alice", role: "read" },
      { token: "hf_admin", user: "root", role: "admin" },
    ],
    ...options,
  });
  hubs.push(hub);
  return hub.url;
}

/** The environment of the official clients: nothing of this one, and a cache of its own. */
const environment = (url: string, name: string, more: Record<string, string> = {}): Record<string, string> => ({
  PATH: `${bin}:${process.env["PATH"]}`,
  HF_ENDPOINT: url,
  HF_HOME: join(folder, `${name}-home`),
  HF_HUB_DISABLE_PROGRESS_BARS: "1",
  ALICE: "hf_alice",
  BOB: "hf_bob",
  READER: "hf_reader",
  ADMIN: "hf_admin",
  ...more,
});

/** Runs a group of cases in one process, and tells what each one said. */
async function runGroup(group: string, env: Record<string, string>): Promise<Map<string, string | null>> {
  const child: ChildProcess = spawn(python, [script, group], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let stderr = "";
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const results = new Map<string, string | null>();
  if (child.stdout) {
    for await (const line of createInterface(child.stdout)) {
      const { case: name, error }: { case: string; error: string | null } = JSON.parse(line);
      results.set(name, error);
    }
  }
  await ended;
  if (results.size === 0) throw new Error(`The script ended without a result:\n${stderr}`);
  return results;
}

describe.skipIf(!existsSync(python))("huggingface_hub, unmodified,", () => {
  const results = new Map<string, string | null>();
  beforeAll(async () => {
    const url = await startHub("main", { spaces: { "acme/running": "http://127.0.0.1:7861" } });
    const small = { limits: { maxRegularFileBytes: 1024 * 1024 } };
    const lfsUrl = await startHub("lfs", small);
    const xetUrl = await startHub("xet", small);
    const limitedUrl = await startHub("rate", { rateLimits: { windowMs: 2_000, user: 8, anonymous: 8 } });
    const groups = await Promise.all([
      runGroup("main", environment(url, "main")),
      runGroup("lfs", environment(lfsUrl, "lfs", { HF_HUB_DISABLE_XET: "1" })),
      runGroup("xet", environment(xetUrl, "xet")),
      runGroup("rate", environment(limitedUrl, "rate")),
    ]);
    for (const group of groups) for (const [name, error] of group) results.set(name, error);
  }, 180_000);

  it.each([...cases].map(([name, says]) => ({ name, says })))("$says", ({ name }) => {
    expect(results.get(name) ?? (results.has(name) ? "" : "was not run")).toBe("");
  });

  it("has every case that this file names", () => {
    expect([...cases.keys()]).toEqual(expect.arrayContaining(special));
  });
});

describe.skipIf(!existsSync(python))("the hf command, unmodified,", () => {
  const run = promisify(execFile);
  let env: Record<string, string>;
  const hf = async (...args: string[]) => {
    const { stdout, stderr } = await run(join(bin, "hf"), args, { env, cwd: folder, timeout: 60_000 });
    return `${stdout}\n${stderr}`;
  };
  beforeAll(async () => {
    const url = await startHub("cli");
    env = { ...environment(url, "cli"), HF_TOKEN: "hf_alice", NO_COLOR: "1", HF_HUB_DISABLE_UPDATE_CHECK: "1" };
    await mkdir(join(folder, "project", "src"), { recursive: true });
    await writeFile(join(folder, "project", "src", "tool.py"), "print()\n");
    await writeFile(join(folder, "project", "README.md"), "---\nsdk: static\n---\n# Tool\n");
  });

  it("tells who one is", async () => {
    expect(await hf("auth", "whoami")).toMatch(/alice/);
  });

  it("makes a repo, uploads a folder, tags it and downloads it again", async () => {
    await hf("repos", "create", "alice/by-cli", "--type", "space", "--space-sdk", "static");
    await hf("upload", "alice/by-cli", "project", ".", "--repo-type", "space", "--commit-message", "By hf");
    await hf("repos", "tag", "create", "alice/by-cli", "v1.0.0", "-m", "First", "--type", "space");
    expect(await hf("repos", "tag", "list", "alice/by-cli", "--type", "space")).toContain("v1.0.0");
    const target = join(folder, "downloaded");
    await hf("download", "alice/by-cli", "--repo-type", "space", "--revision", "v1.0.0", "--local-dir", target);
    expect(await readFile(join(target, "src", "tool.py"), "utf8")).toBe("print()\n");
  });

  it("makes a collection and shows it", async () => {
    await hf("collections", "create", "By hf");
    expect(await hf("collections", "list", "--owner", "alice")).toMatch(/by-hf/i);
  });

  it("moves, hides and deletes a repo", async () => {
    await hf("repos", "create", "alice/short-lived");
    await hf("repos", "move", "alice/short-lived", "acme/short-lived");
    await hf("repos", "settings", "acme/short-lived", "--private");
    await hf("repos", "delete", "acme/short-lived", "--yes");
    await expect(hf("download", "acme/short-lived", "--dry-run")).rejects.toThrow(/not found|404/i);
  });
});
