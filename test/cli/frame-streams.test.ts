import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smoltools, start } from "./run-cli.ts";

const main = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));
const program = `'${process.execPath}' --conditions=@smoltools/source '${main}'`;

let folder: string;
/** A hub that takes every request and never answers. */
let silent: Server;
let silentUrl: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-streams-"));
  silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterAll(async () => {
  silent.closeAllConnections();
  silent.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a line of a shell, in which `smoltools` is the program. */
async function shell(line: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = `smoltools() { ${program} "$@"; }\n${line}`;
  const child = spawn("bash", ["-c", script], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const result = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (result.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (result.stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, ...result };
}

describe("standard output", { timeout: 60_000 }, () => {
  it("that is closed early (| head) ends the command quietly", async () => {
    const { stdout, stderr } = await shell("smoltools completion fish | head -n 1; echo ${PIPESTATUS[0]}");
    const [first, code] = stdout.trim().split("\n");
    expect(first).toMatch(/^# Completes smoltools in fish/);
    expect(["0", "141"]).toContain(code);
    expect(stderr).toBe("");
  });

  it("that is read slowly gets everything", async () => {
    const child = start(["completion", "fish", "--json"]);
    let text = "";
    await once(child.stdout, "readable");
    for await (const chunk of child.stdout) {
      text += String(chunk);
      await sleep(5);
    }
    expect(text.length).toBeGreaterThan(64 * 1024);
    expect(JSON.parse(text)).toMatchObject({ shell: "fish" });
  });

  it("onto a full disk is a failure that says so", async () => {
    const { code, stderr } = await shell("smoltools --help > /dev/full");
    expect([code, stderr]).toEqual([
      1,
      "error The output could not be written: no space is left where it goes [DISK_FULL]\n",
    ]);
  });

  it("says the same as JSON that a failed command says to people", async () => {
    const { code, stdout, stderr } = await smoltools(["versions", "no ref at all", "--json"]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "REF_INVALID", message: expect.any(String) as string, data: expect.any(Object) as object },
    });
  });
});

describe("standard error", { timeout: 60_000 }, () => {
  it.each(["2>&-", "2>/dev/full", "2> >(true)"])(
    "that is gone (%s) does not change how a command ends",
    async (where) => {
      const { code, stdout } = await shell(`smoltools frobnicate ${where}`);
      expect([code, stdout]).toEqual([2, ""]);
    },
  );
});

describe("a signal", { timeout: 60_000 }, () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s ends a command that waits for a hub with %i, and leaves nothing", async (signal, expected) => {
    const home = join(folder, `home-of-${signal}`);
    const token = join(folder, `${signal}-token`);
    const asked = once(silent, "request");
    const child = start(["login", "--token-stdin"], {
      env: { HF_ENDPOINT: silentUrl, HOME: home, HF_TOKEN_PATH: token },
    });
    child.stdin.end("hf_writerwriter");
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    await asked;
    child.kill(signal);
    const [code] = (await once(child, "close")) as [number];
    expect([code, stderr]).toEqual([expected, "interrupted\n"]);
    expect((await readdir(folder)).filter((name) => name.startsWith(signal))).toEqual([]);
  });

  it("is told to programs as JSON", async () => {
    const asked = once(silent, "request");
    const child = start(["versions", "acme/x", "--json"], { env: { HF_ENDPOINT: silentUrl } });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    await asked;
    child.kill("SIGINT");
    const [code] = (await once(child, "close")) as [number];
    expect([code, JSON.parse(stdout)]).toMatchObject([130, { error: { code: "INTERRUPTED", data: { by: "SIGINT" } } }]);
  });

  it("lets a hub finish its requests, and a second one ends it at once", async () => {
    const child = start(["serve", "--data", join(folder, "hub"), "--port", "0", "--json"]);
    const [chunk] = (await once(child.stdout, "data")) as [Buffer];
    const { url, token } = JSON.parse(chunk.toString()) as { url: string; token: string };
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    // A request whose body never ends keeps the hub waiting.
    const { request } = await import("node:http");
    const upload = request(`${url}/api/repos/create`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "content-length": "1000" },
    });
    upload.on("error", () => undefined);
    upload.write("{");
    await expect
      .poll(async () => (await fetch(`${url}/api/whoami-v2`, { headers: { authorization: `Bearer ${token}` } })).status)
      .toBe(200);
    child.kill("SIGINT");
    await expect
      .poll(
        () =>
          fetch(url).then(
            () => "open",
            () => "closed",
          ),
        { timeout: 10_000 },
      )
      .toBe("closed");
    child.kill("SIGINT");
    const [code] = (await once(child, "close")) as [number];
    expect([code, stderr]).toEqual([130, expect.not.stringContaining("at ")]);
    upload.destroy();
  });
});

describe("what the system refuses", { timeout: 60_000 }, () => {
  const login = "smoltools login --token-stdin <<< hf_writerwriter";

  /** A hub that knows every token. */
  async function hub(): Promise<{ url: string } & Disposable> {
    const server = createServer((_request, response) => response.end('{"name":"acme"}')).listen(0, "127.0.0.1");
    await once(server, "listening");
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      [Symbol.dispose]: () => void server.close(),
    };
  }

  /** Runs a line of a shell in a namespace of its own, where a folder is what the arguments make of it. */
  async function isolated(args: string, line: string): Promise<{ code: number; stdout: string; stderr: string }> {
    await writeFile(join(folder, "line.sh"), `smoltools() { ${program} "$@"; }\n${line}`);
    return shell(`bwrap --dev-bind / / ${args} bash "$PWD/line.sh"`);
  }

  it("a full disk: says so, and leaves no half of a file", async () => {
    using server = await hub();
    const { code, stderr, stdout } = await isolated(
      "--size 8192 --tmpfs /mnt",
      `head -c 8192 /dev/zero > /mnt/fill; HF_ENDPOINT=${server.url} HF_TOKEN_PATH=/mnt/token ${login}; code=$?; ls -A /mnt; exit $code`,
    );
    expect([code, stdout]).toEqual([1, "fill\n"]);
    expect(stderr).toMatch(
      /^error .*no space is left on the disk\. Make room, smoltools cache clean does.* \[DISK_FULL\]\n$/,
    );
  });

  it("a read-only folder: says so", async () => {
    using server = await hub();
    const { code, stderr } = await isolated(
      "--tmpfs /mnt --remount-ro /mnt",
      `HF_ENDPOINT=${server.url} HF_TOKEN_PATH=/mnt/token ${login}`,
    );
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error \/mnt\/token\S* is on a read-only file system\..* \[FILE_READ_ONLY\]\n$/),
    ]);
  });

  it("a source that --fix cannot write to: says so, and leaves it as it is", async () => {
    const source = "/** Adds. */\nexport function add(a: number): number {\n  return a;\n}\n";
    await writeFile(join(folder, "add.ts"), source);
    const { code, stdout, stderr } = await isolated(
      `--tmpfs /mnt --ro-bind "$PWD/add.ts" /mnt/add.ts --remount-ro /mnt`,
      "smoltools check /mnt/add.ts --offline --fix; code=$?; cat /mnt/add.ts; ls -A /mnt; exit $code",
    );
    expect([code, stdout]).toEqual([1, `${source}add.ts\n`]);
    expect(stderr).toMatch(/^error \/mnt\/add\.ts\S* is on a read-only file system\..* \[FILE_READ_ONLY\]\n$/);
  });

  it("a folder that is not open to the user: says so", async () => {
    using server = await hub();
    const { code, stderr } = await isolated(
      "--unshare-user --uid 1234 --gid 1234 --tmpfs /mnt",
      `mkdir -m 500 /mnt/closed; HF_ENDPOINT=${server.url} HF_TOKEN_PATH=/mnt/closed/token ${login}`,
    );
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error \/mnt\/closed\/token\S* is not open to you\..* \[FILE_NOT_PERMITTED\]\n$/),
    ]);
  });

  it("no network: says which hub did not answer", async () => {
    const { code, stderr } = await smoltools(["versions", "acme/x"], { env: { HF_ENDPOINT: "http://127.0.0.1:9" } });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error .*127\.0\.0\.1:9.* \[HUB_UNAVAILABLE\]\n$/)]);
  });

  it("a port that is taken: says which one", async () => {
    using server = await hub();
    const { port } = new URL(server.url);
    const { code, stderr } = await smoltools(["serve", "--port", port, "--data", join(folder, "taken")]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(new RegExp(`^error .*127\\.0\\.0\\.1:${port}.*\n.*Use another port, 0 takes a free one`)),
    ]);
  });
});
