import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inProcess } from "../cli/in-process.ts";
import { smoltools } from "../cli/run-cli.ts";
import { serveLocal } from "./lying-hub.ts";

const token = "hf_mineminemine";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-cli-tokens-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A hub that says what every hub is asked first, and notes the tokens that it gets. */
const hub = () => serveLocal((_request, response) => response.end('{"name":"acme"}'));

describe("the token of one hub", () => {
  it.each<[string, Record<string, string>]>([
    ["the environment", { HF_TOKEN: token }],
    ["the file of the official clients", {}],
  ])("from %s is not sent to one that --hub or a setting names", async (_from, more) => {
    const home = await mkdtemp(join(folder, "home-"));
    await mkdir(join(home, ".cache", "huggingface"), { recursive: true });
    await writeFile(join(home, ".cache", "huggingface", "token"), token);
    await using own = await hub();
    await using other = await hub();
    const env = { HOME: home, HF_ENDPOINT: own.url, ...more };
    expect((await inProcess(["whoami"], env)).code).toBe(0);
    expect(own.tokens).toEqual([`Bearer ${token}`]);
    for (const command of ["whoami", "versions acme/x", "search x", "yank acme/x@1.0.0 --reason y", "audit acme/x"]) {
      await inProcess([...command.split(" "), "--hub", other.url], env);
    }
    const { HF_ENDPOINT: _endpoint, ...elsewhere } = env;
    await inProcess(["versions", "acme/x"], { ...elsewhere, SMOLTOOLS_HUB: other.url });
    expect(other.tokens.length).toBeGreaterThan(2);
    expect(other.tokens.filter((each) => each !== undefined)).toEqual([]);
  });

  it("that logs in to another hub does not become the one of the official clients", async () => {
    const home = await mkdtemp(join(folder, "home-"));
    await using other = await hub();
    const { code } = await smoltools(["login", "--token-stdin", "--hub", other.url], {
      env: { HOME: home },
      stdin: token,
    });
    expect([code, other.tokens]).toEqual([0, [`Bearer ${token}`]]);
    const kept = join(home, ".config", "smoltools", "tokens.json");
    expect(JSON.parse(await readFile(kept, "utf8"))).toEqual({ [other.url]: token });
    expect((await stat(kept)).mode & 0o077).toBe(0);
    expect(await readdir(join(home, ".cache")).catch(() => [])).not.toContain("huggingface");
  });
});

describe("a token that gets to the wrong place of a command line", () => {
  it.each([
    [["login", token]],
    [["login", "--token", token]],
    [["login", `--token=${token}`]],
    [[token]],
    [["hub", token]],
    [["hub", "token", "create", "me", "--role", token]],
    [["config", "set", "hub", token]],
    [["versions", token, token]],
  ])("is not repeated by the error: %j", async (args) => {
    const { code, stdout, stderr } = await inProcess(args, { HOME: folder });
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain(token);
  });
});
