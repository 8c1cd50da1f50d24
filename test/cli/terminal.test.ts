import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { inProcess } from "./in-process.ts";
import { atTerminal, ctrlC } from "./terminal.ts";

const clearLine = "\r\u001B[2K";

let folder: string;
/** A hub that answers when it is told to. */
let hub: Server;
let waiting: ServerResponse[] = [];
let env: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-terminal-"));
  hub = createServer((_request, response) => void waiting.push(response)).listen(0, "127.0.0.1");
  await once(hub, "listening");
  const url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
  env = { HOME: join(folder, "home"), HF_ENDPOINT: url, HF_TOKEN: "hf_writerwriter" };
});
afterEach(() => {
  for (const response of waiting) response.destroy();
  waiting = [];
});
afterAll(async () => {
  hub.close();
  await rm(folder, { recursive: true, force: true });
});

const answer = (body: object) => {
  for (const response of waiting) response.end(JSON.stringify(body));
  waiting = [];
};

describe("at a terminal", { timeout: 60_000 }, () => {
  it("work that takes long is shown, and goes away", async () => {
    const session = atTerminal(["whoami"], { env });
    await session.until(/Asking 127\.0\.0\.1/);
    answer({ name: "acme" });
    const { code, shown } = await session.end();
    expect(code).toBe(0);
    const after = shown.slice(shown.lastIndexOf("Asking"));
    expect(after).toContain(clearLine);
    expect(stripVTControlCharacters(after.slice(after.indexOf(clearLine)))).toMatch(/^\ruser +acme\r\n/);
  });

  it("Ctrl-C while a hub is waited for ends with 130, and nothing stays on the line", async () => {
    const session = atTerminal(["whoami"], { env });
    await session.until(/Asking 127/);
    session.type(ctrlC);
    const { code, shown } = await session.end();
    expect(code).toBe(130);
    expect(stripVTControlCharacters(shown.slice(shown.lastIndexOf(clearLine)))).toMatch(/interrupted\r\n$/);
  });

  it.each([
    ["--quiet", ["whoami", "--quiet"], {}],
    ["--json", ["whoami", "--json"], {}],
    ["TERM=dumb", ["whoami"], { TERM: "dumb" }],
  ])("shows no progress with %s", async (_with, args, more) => {
    const session = atTerminal(args, { env: { ...env, ...more } });
    await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(1);
    // Longer than it takes until progress shows.
    await new Promise((done) => setTimeout(done, 900));
    answer({ name: "acme" });
    const { code, shown } = await session.end();
    expect([code, shown]).toEqual([0, expect.not.stringContaining("Asking")]);
  });

  it.each([
    ["in CI", ["login"], { CI: "true" }],
    ["with TERM=dumb", ["login"], { TERM: "dumb" }],
    ["with --json", ["login", "--json"], {}],
  ])("nobody is asked %s", async (_where, args, more) => {
    const { code, shown } = await atTerminal(args, { env: { ...env, ...more } }).end();
    expect([code, shown]).toEqual([2, expect.stringContaining("There is nobody to ask for the token")]);
  });

  it.each<[string, string[], Record<string, string>, boolean]>([
    ["by itself", [], {}, true],
    ["with --no-color", ["--no-color"], {}, false],
    ["with NO_COLOR", [], { NO_COLOR: "1" }, false],
    ["with TERM=dumb", [], { TERM: "dumb" }, false],
  ])("colours are used %s: %o %o %s", async (_when, args, more, expected) => {
    const { shown } = await atTerminal(["frobnicate", ...args], { env: { ...env, ...more } }).end();
    expect(shown.includes("\u001B[31merror\u001B[39m")).toBe(expected);
  });

  it("a prompt follows --no-color too", async () => {
    const session = atTerminal(["login", "--no-color"], { env });
    await session.until(/Token for/);
    session.type(ctrlC);
    const { shown } = await session.end();
    expect(shown.split("\u001B[").filter((part) => /^3\dm/.test(part))).toEqual([]);
  });

  it("40 columns are enough for help and for tables", async () => {
    const home = { HOME: join(folder, "narrow") };
    const help = await atTerminal(["push", "--help", "--no-color"], { env: home, columns: 40 }).end();
    const lines = help.shown.split("\r\n").map(stripVTControlCharacters);
    expect(lines.filter((line) => line.length > 40 && line.trim().includes(" "))).toEqual([]);
    expect(lines.length).toBeGreaterThan(40);
    const list = await atTerminal(["config", "list", "--no-color"], { env: home, columns: 40 }).end();
    const [table = ""] = stripVTControlCharacters(list.shown).split("Settings are in");
    const rows = table.split("\r\n");
    expect(Math.max(...rows.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(rows.join("").replace(/\s/g, "")).toContain("https://huggingface.co");
  });
});

describe("without a terminal", () => {
  it("tables are not wrapped, and there are no colours", async () => {
    const { stdout } = await inProcess(["config", "list"], {
      HOME: folder,
      HF_ENDPOINT: `https://${"a".repeat(60)}.example`,
    });
    expect(stdout.split("\n")[1]).toMatch(/^hub +https:\/\/a{60}\.example +HF_ENDPOINT$/);
    expect(stdout).not.toContain("\u001B");
  });
});
