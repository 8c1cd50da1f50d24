import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HubServer, serveHub } from "@smoltools/hub/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inProcess } from "./in-process.ts";
import { smoltools } from "./run-cli.ts";
import { atTerminal, ctrlC, ctrlD } from "./terminal.ts";

const token = "hf_writerwriterwriter";

let folder: string;
let hub: HubServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-login-"));
  hub = await serveHub({ root: join(folder, "hub"), tokens: [{ token, user: "acme", role: "write" }] });
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

let homes = 0;
/** A person of whom nothing is known, on the hub of the tests. */
function newcomer(more: Record<string, string> = {}): Record<string, string> & { HOME: string } {
  const home = join(folder, `home-${homes++}`);
  return { HOME: home, HF_ENDPOINT: hub.url, ...more };
}
const tokenFile = (env: { HOME: string }) => join(env.HOME, ".cache", "huggingface", "token");

describe("smoltools login", { timeout: 60_000 }, () => {
  it("asks for the token without showing it, and keeps it where the official clients look", async () => {
    const env = newcomer();
    const session = atTerminal(["login"], { env });
    await session.until(/Token for 127\.0\.0\.1/);
    session.type(token);
    await session.until(/[▪•]{8}/);
    session.type("\r");
    const { code, shown } = await session.end();
    expect(code).toBe(0);
    expect(shown).toMatch(/logged in.* as acme \(token: write/);
    expect(shown).not.toContain(token);
    expect(await readFile(tokenFile(env), "utf8")).toBe(token);
    expect((await stat(tokenFile(env))).mode & 0o777).toBe(0o600);
    expect((await stat(join(tokenFile(env), ".."))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(tokenFile(env), ".."))).toEqual(["token"]);
  });

  it.each([
    ["Ctrl-C", ctrlC],
    ["Ctrl-D", ctrlD],
  ])("keeps nothing and ends with 130 for %s at the question", async (_name, key) => {
    const env = newcomer();
    const session = atTerminal(["login"], { env });
    await session.until(/Token for/);
    session.type("hf_half");
    session.type(key);
    const { code, shown } = await session.end();
    expect([code, existsSync(tokenFile(env))]).toEqual([130, false]);
    // The cursor was hidden for the question, and is there again.
    expect(shown.lastIndexOf("\u001B[?25h")).toBeGreaterThan(shown.lastIndexOf("\u001B[?25l"));
    expect(shown).not.toMatch(/hf_half|\n\s+at /);
  });

  it("reads the token from standard input, and whoami says where it comes from", async () => {
    const env = newcomer();
    const { code, stdout } = await smoltools(["login", "--token-stdin", "--json"], { env, stdin: `${token}\n` });
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { hub: hub.url, name: "acme", role: "write" }]);
    const who = await inProcess(["whoami"], env);
    expect(who.stdout).toMatch(/user +acme\norganizations +none\ntoken +\S.*, write\nfrom +.*token\nhub +http/);
    const json = JSON.parse((await inProcess(["whoami", "--json"], { ...env, HF_TOKEN: token })).stdout) as object;
    expect(json).toMatchObject({ name: "acme", orgs: [], role: "write", tokenFrom: "HF_TOKEN", hub: hub.url });
    expect(JSON.stringify(json) + who.stdout).not.toContain(token);
  });

  it.each([
    ["a wrong token", "hf_wrongwrongwrong\n", 1, /HUB_UNAUTHORIZED/],
    ["no token", "\n", 2, /That is no token/],
    ["several words", "hf_a hf_b", 2, /That is no token/],
    ["a whole file", "x".repeat(5000), 2, /That is no token/],
  ])("keeps nothing of %s", async (_what, stdin, expected, message) => {
    const env = newcomer();
    const { code, stdout, stderr } = await smoltools(["login", "--token-stdin"], { env, stdin });
    expect([code, stdout, stderr]).toEqual([expected, "", expect.stringMatching(message)]);
    expect(stderr).not.toContain("hf_wrong");
    expect(existsSync(tokenFile(env))).toBe(false);
  });

  it("says how to give a token where nobody can be asked", async () => {
    const { code, stderr } = await inProcess(["login"], newcomer());
    expect([code, stderr]).toEqual([2, expect.stringContaining("smoltools login --token-stdin < token.txt")]);
  });

  it("takes no token on the command line, where others can see it", async () => {
    const { code, stderr } = await inProcess(["login", "--token", token], newcomer());
    expect([code, stderr]).toEqual([2, expect.stringContaining("Did you mean --token-stdin?")]);
    expect(stderr).not.toContain(token);
  });

  it("keeps the token of another hub apart, and sends it to no other", async () => {
    const env = newcomer({ HF_ENDPOINT: "https://huggingface.co" });
    const at = ["--hub", hub.url];
    expect((await smoltools(["login", "--token-stdin", ...at], { env, stdin: token })).code).toBe(0);
    expect(existsSync(tokenFile(env))).toBe(false);
    const kept = join(env.HOME, ".config", "smoltools", "tokens.json");
    expect(JSON.parse(await readFile(kept, "utf8"))).toEqual({ [hub.url]: token });
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    expect((await inProcess(["whoami", ...at], env)).stdout).toContain("acme");
    expect((await inProcess(["whoami"], env)).stderr).toContain("There is no token for huggingface.co");
    expect((await inProcess(["logout", ...at], env)).stdout).toContain("logged out");
    expect(JSON.parse(await readFile(kept, "utf8"))).toEqual({});
  });
});

describe("smoltools logout", () => {
  it("removes the token, also where the official clients have it under a name, and nothing else", async () => {
    const env = newcomer();
    await mkdir(join(tokenFile(env), ".."), { recursive: true });
    await writeFile(tokenFile(env), token);
    const stored = join(tokenFile(env), "..", "stored_tokens");
    await writeFile(stored, `[mine]\nhf_token = ${token}\nrefresh_token = r\n\n[other]\nhf_token = hf_other\n\n`);
    const { code, stdout } = await inProcess(["logout"], env);
    expect([code, stdout]).toEqual([0, expect.stringContaining("logged out")]);
    expect(existsSync(tokenFile(env))).toBe(false);
    expect(await readFile(stored, "utf8")).toBe("[other]\nhf_token = hf_other\n\n");
    expect((await inProcess(["logout"], env)).stdout).toContain("nobody was logged in");
  });

  it("says that a variable still holds a token", async () => {
    const { stderr } = await inProcess(["logout"], newcomer({ HF_TOKEN: token }));
    expect(stderr).toContain("HF_TOKEN still holds a token");
    expect(stderr).not.toContain(token);
  });
});

describe("smoltools whoami", () => {
  it("says what to do where there is no token", async () => {
    const { code, stderr } = await inProcess(["whoami"], newcomer());
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/Run smoltools login, or set HF_TOKEN \[NOT_LOGGED_IN\]/),
    ]);
  });

  it("says what to do where the token is not accepted", async () => {
    const { code, stderr } = await inProcess(["whoami"], newcomer({ HF_TOKEN: "hf_wrongwrongwrong" }));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/\[HUB_UNAUTHORIZED\]\n.*smoltools login/)]);
    expect(stderr).not.toContain("hf_wrong");
  });
});

describe("commands that need a token", () => {
  const yank = ["yank", "acme/weather@1.0.0", "--reason", "wrong"];

  it.each([
    ["there is none", {}, /\[HUB_REPO_NOT_FOUND\]\nsmoltools whoami says/],
    ["it is wrong", { HF_TOKEN: "hf_wrongwrongwrong" }, /\[HUB_UNAUTHORIZED\]\n.*smoltools login/],
  ])("say what to do where %s", async (_what, more, message) => {
    const { code, stderr } = await inProcess(yank, newcomer(more));
    expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
    expect(stderr).not.toMatch(/hf_wrong|\n\s+at /);
  });
});

describe("smoltools config", () => {
  it("sets, shows and takes back, and tells where each comes from", async () => {
    const env = { ...newcomer(), HF_ENDPOINT: "" };
    const file = join(env.HOME, ".config", "smoltools", "config.json");
    const list = async (more = {}) => {
      const { stdout } = await inProcess(["config", "list", "--json"], { ...env, ...more });
      const all = JSON.parse(stdout) as { name: string; value: string | null; from: string }[];
      return Object.fromEntries(all.map(({ name, value, from }) => [name, [value, from]]));
    };
    expect((await list())["hub"]).toEqual([null, "default"]);
    expect((await inProcess(["config", "set", "hub", hub.url], env)).code).toBe(0);
    expect((await list())["hub"]).toEqual([hub.url, file]);
    expect((await list({ HF_ENDPOINT: "http://127.0.0.1:9" }))["hub"]).toEqual(["http://127.0.0.1:9", "HF_ENDPOINT"]);
    expect((await inProcess(["config", "get", "hub"], env)).stdout).toBe(`${hub.url}\n`);
    expect((await inProcess(["versions", "acme/none"], env)).stderr).toContain(new URL(hub.url).host);
    expect((await inProcess(["config", "unset", "hub"], env)).code).toBe(0);
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({});
  });

  it("warns where the environment counts more", async () => {
    const env = newcomer();
    const { code, stderr } = await inProcess(["config", "set", "hub", "https://hub.example.org"], env);
    expect([code, stderr]).toEqual([0, "warning HF_ENDPOINT is set, and counts more\n"]);
  });

  it.each([
    [["set", "hbu", "x"], 'There is no setting "hbu". Did you mean hub? The settings are hub, model, sandbox'],
    [["set", "constructor", "x"], "There is no setting"],
    [["set", "hub", "not a url"], "hub: not a url is no address"],
    [["set", "sandbox", "docker"], "sandbox: docker is no sandbox: use quickjs or process"],
    [["set", "hub"], "<value> is missing"],
    [["get"], "<setting> is missing"],
  ])("refuses %j", async (args, message) => {
    const env = newcomer();
    const { code, stderr } = await inProcess(["config", ...args], env);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(env.HOME)).toBe(false);
  });

  it("names the file that is broken", async () => {
    const env = newcomer();
    await mkdir(join(env.HOME, ".config", "smoltools"), { recursive: true });
    await writeFile(join(env.HOME, ".config", "smoltools", "config.json"), "hub = x");
    for (const args of [
      ["config", "list"],
      ["versions", "acme/x"],
    ]) {
      const { code, stderr } = await inProcess(args, env);
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/config\.json does not hold a JSON object.*CONFIG_INVALID/),
      ]);
    }
  });
});
