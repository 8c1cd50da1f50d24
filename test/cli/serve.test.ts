import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRepo, whoAmI } from "@huggingface/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CliOptions, smoltools, start } from "./run-cli.ts";

let folder: string;
let inFolder: CliOptions;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-hub-"));
  inFolder = { cwd: folder, env: { HF_HOME: join(folder, "home") } };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Served {
  url: string;
  user: string;
  token?: string;
}

/** Starts a hub, and gives what it prints. */
async function serve(...args: string[]) {
  const child = start(["serve", "--port", "0", "--json", ...args], inFolder);
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  const served: Served = JSON.parse(chunk.toString());
  return {
    served,
    stderr: () => stderr,
    stop: async () => {
      child.kill("SIGTERM");
      const [code] = await once(child, "exit");
      return code as number | null;
    },
  };
}

describe("smoltools serve", () => {
  it("makes an owner with a token at the first start, and never shows it again", async () => {
    const first = await serve("--data", "once", "--user", "olga");
    expect(first.served.token).toMatch(/^hf_[A-Za-z0-9]{43}$/);
    const access = { hubUrl: first.served.url, accessToken: first.served.token ?? "" };
    expect(await whoAmI(access)).toMatchObject({ name: "olga", auth: { accessToken: { role: "write" } } });
    expect(await first.stop()).toBe(0);
    const second = await serve("--root", "once");
    expect(second.served.token).toBeUndefined();
    expect(await whoAmI({ ...access, hubUrl: second.served.url })).toMatchObject({ name: "olga" });
    expect(await second.stop()).toBe(0);
  });

  it("says at a later start how a new token is made, for a user that the hub has", async () => {
    await (await serve("--data", "later", "--user", "olga")).stop();
    const child = start(["serve", "--port", "0", "--data", "later"], inFolder);
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    await expect.poll(() => stdout, { timeout: 20_000 }).toContain("Ctrl-C");
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(stdout).toContain(`smoltools hub token create olga --data ${join(folder, "later")}\n`);
    expect(stdout).toContain("olga/weather");
  });

  it("names the option that a host for all addresses needs", async () => {
    const { code, stderr } = await smoltools(["serve", "--data", "all", "--host", "0.0.0.0"], inFolder);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--public-url")]);
  });

  it("makes no token when it cannot start, so that the one that is made is seen", async () => {
    const other = await serve("--data", "other");
    const taken = new URL(other.served.url).port;
    for (const port of ["http", taken]) {
      const { code } = await smoltools(["serve", "--data", "late", "--port", port], inFolder);
      expect(code).not.toBe(0);
    }
    const late = await serve("--data", "late");
    expect(late.served.token).toMatch(/^hf_/);
    await late.stop();
    await other.stop();
  });

  it("writes a line for each request when asked, and never a token", async () => {
    const { served, stderr, stop } = await serve("--data", "logged", "--log");
    await whoAmI({ hubUrl: served.url, accessToken: served.token ?? "" });
    await expect.poll(stderr).toContain("whoami-v2");
    expect(JSON.parse(stderr().split("\n")[0] ?? "")).toMatchObject({
      path: "/api/whoami-v2",
      status: 200,
      user: "me",
    });
    expect(stderr()).not.toContain(served.token);
    await stop();
  });

  it("says where Spaces run, and can keep everything for users", async () => {
    const { served, stop } = await serve("--data", "spaces", "--space", "me/app=http://127.0.0.1:9", "--require-token");
    const access = { hubUrl: served.url, accessToken: served.token ?? "" };
    await createRepo({ ...access, repo: { type: "space", name: "me/app" } });
    const headers = { Authorization: `Bearer ${served.token}` };
    const host = await (await fetch(`${served.url}/api/spaces/me/app/host`, { headers })).json();
    expect(host).toEqual({ subdomain: "me-app", host: "http://127.0.0.1:9" });
    expect((await fetch(`${served.url}/api/spaces`)).status).toBe(401);
    await stop();
  });
});
