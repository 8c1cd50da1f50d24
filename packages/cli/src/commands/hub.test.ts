import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HubServer, type HubServerOptions, serveHub } from "@smoltools/hub/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../cli/run-cli.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-hub-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command line in this process. */
async function run(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof written) => ({
    write: (text: string | Uint8Array) => ((written[name] += String(text)), true),
  });
  const signal = new AbortController().signal;
  const code = await runCli(argv, { stdout: stream("stdout"), stderr: stream("stderr"), env: {}, signal });
  return { code, ...written };
}

/** Runs an action of `smoltools hub` and gives its JSON. */
async function hub(...args: string[]) {
  const { stdout, stderr, code } = await run("hub", ...args, "--json");
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
  return JSON.parse(stdout);
}

const serve = (name: string, options: Partial<HubServerOptions> = {}): Promise<HubServer> =>
  serveHub({ root: join(folder, name), ...options });
/** The status of a request to a hub. */
async function ask(server: HubServer, token: string, path: string, json?: object): Promise<number> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const body = json && { method: "POST", body: JSON.stringify(json) };
  return (await fetch(`${server.url}${path}`, { headers, ...body })).status;
}
const makeRepo = (server: HubServer, token: string, organization: string, name: string) =>
  ask(server, token, "/api/repos/create", { type: "space", organization, name });

const me = { token: "hf_me", user: "me", role: "write" } as const;

describe("smoltools hub", () => {
  it("manages users, organizations and tokens beside a running hub", async () => {
    const server = await serve("managed");
    const at = ["--data", join(folder, "managed")];
    await hub("user", "add", "alice", ...at);
    await hub("org", "add", "acme", ...at);
    await hub("org", "member", "acme", "alice", "write", ...at);
    const made = await hub("token", "create", "alice", "--name", "ci", "--scope", "acme", "--expires", "30", ...at);
    expect(made).toMatchObject({ user: "alice", name: "ci", role: "write", namespaces: ["acme"] });
    expect(await makeRepo(server, made.token, "acme", "x")).toBe(200);
    expect(await makeRepo(server, made.token, "alice", "x")).toBe(403);
    const today = new Date().toISOString().slice(0, 10);
    await expect.poll(() => hub("token", "list", "alice", ...at)).toMatchObject([{ id: made.id, lastUsed: today }]);
    expect(JSON.stringify(await hub("token", "list", ...at))).not.toMatch(/hash|hf_/);
    expect(await hub("user", "list", ...at)).toMatchObject([{ name: "alice", role: "member", orgs: ["acme"] }]);
    await hub("token", "revoke", made.id, ...at);
    expect(await ask(server, made.token, "/api/whoami-v2")).toBe(401);
    await hub("user", "role", "alice", "admin", ...at);
    await hub("user", "remove", "alice", ...at);
    await hub("org", "remove", "acme", ...at);
    expect(await hub("org", "list", ...at)).toEqual([]);
    await server.close();
    const audit = await readFile(join(folder, "managed", "audit", "audit.jsonl"), "utf8");
    for (const action of ["user.add", "org.member", "token.create", "repo.create", "token.revoke", "user.remove"]) {
      expect(audit).toContain(`"action":"${action}"`);
    }
    expect(audit).not.toContain(made.token.slice(3));
  });

  it("shows people what they need, and a token on a line of its own", async () => {
    const at = ["--data", join(folder, "people")];
    await mkdir(join(folder, "people"));
    expect((await run("hub", "user", "list", ...at)).stdout).toBe("no users yet\n");
    expect((await run("hub", "user", "add", "bob", ...at)).stdout).toContain("smoltools hub token create bob");
    const { stdout, stderr } = await run("hub", "token", "create", "bob", ...at);
    expect(stdout).toMatch(/^hf_[A-Za-z0-9]{43}\n$/);
    expect(stderr).toContain("shown this once");
    expect((await run("hub", "token", "list", ...at)).stdout).toMatch(/bob +write +command line +never used\n$/);
  });

  it("backs a running hub up, checks the copy, and a hub starts on it", async () => {
    const server = await serve("original", { tokens: [me] });
    await makeRepo(server, "hf_me", "me", "kept");
    await hub("user", "add", "alice", "--data", join(folder, "original"));
    await hub("backup", join(folder, "copy"), "--data", join(folder, "original"));
    await server.close();
    expect(await hub("verify", "--data", join(folder, "copy"))).toMatchObject({ repos: 1, problems: [] });
    await using restored = await serve("copy");
    expect(await ask(restored, "hf_me", "/api/spaces")).toBe(401);
    expect((await fetch(`${restored.url}/api/spaces/me/kept`)).status).toBe(200);
    expect(await hub("user", "list", "--data", join(folder, "copy"))).toMatchObject([{ name: "alice" }]);
  });

  it("reads and checks the log of released versions", async () => {
    await using server = await serve("released", { tokens: [me] });
    await makeRepo(server, "hf_me", "me", "tool");
    const release = (tag: string) => ask(server, "hf_me", "/api/spaces/me/tool/tag/main", { tag });
    await release("v1.0.0");
    const { head, entries } = await hub("log", "--hub", server.url);
    expect(entries).toMatchObject([{ seq: 1, repo: "spaces/me/tool", tag: "v1.0.0" }]);
    await release("v1.1.0");
    const later = await hub("log", "--hub", server.url, "--known", `${head.seq}:${head.hash}`);
    expect(later.entries).toMatchObject([{ seq: 2, tag: "v1.1.0" }]);
    const rewritten = await run("hub", "log", "--hub", server.url, "--known", `1:${"0".repeat(64)}`);
    expect(rewritten).toMatchObject({ code: 1, stderr: expect.stringContaining("HUB_RELEASE_LOG_BROKEN") });
  });

  it.each<[string, string[], RegExp]>([
    ["an area that is none", ["group", "list"], /no command "hub group"\. smoltools hub has user, org/],
    ["an action that is none", ["user", "rename"], /no command "hub user rename"\. smoltools hub user has add/],
    ["a name that every object has", ["constructor"], /no command "hub constructor"/],
    ["a missing name", ["user", "add"], /<name> is missing\. Usage: smoltools hub user add <name>/],
    ["a role that is none", ["user", "add", "x", "god"], /use member or admin/],
    ["a time that is none", ["token", "create", "x", "--expires", "soon"], /number of days/],
    ["two folders", ["user", "list", "--data", "a", "--root", "b"], /mean the same/],
  ])("ends with 2 for %s", async (_title, args, message) => {
    const { code, stderr } = await run("hub", ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it.each([
    ["user", "list"],
    ["user", "remove", "x"],
    ["org", "list"],
    ["token", "list"],
    ["token", "create", "x"],
    ["verify"],
  ])("makes no hub where there is none, for %s %s", async (...words) => {
    const data = join(folder, "no-hub");
    const { code, stderr } = await run("hub", ...words, "--data", data);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/There is no hub in .*no-hub: .*--data/)]);
    expect(existsSync(data)).toBe(false);
  });

  it("does not make a folder for a backup of nothing", async () => {
    const { code, stderr } = await run("hub", "backup", join(folder, "x"), "--data", join(folder, "missing"));
    expect([code, stderr]).toEqual([1, expect.stringContaining("There is no folder")]);
  });
});

describe("smoltools search", () => {
  it("says that nothing was found, as text and as JSON", async () => {
    await using server = await serve("searched");
    const { code, stdout } = await run("search", "weather", "--hub", server.url, "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { total: 0, results: [] }]);
    expect((await run("search", "--hub", server.url)).stdout).toBe("nothing was found\n");
  });
});
