import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { defaultCacheDir } from "@smoltools/hub";
import { type HubServer, serveHub } from "@smoltools/hub/server";
import { hubDefaults } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubToken, loginFile } from "../../packages/cli/src/cli/hub/credentials.ts";
import { officialHub } from "../../packages/cli/src/cli/hub/hub-address.ts";
import { smoltools } from "../cli/run-cli.ts";
import { interopPython, interopPythonHint, runProgram } from "./python-environment.ts";

const token = "hf_writerwriterwriter";

let folder: string;
let hub: HubServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "interop-login-"));
  hub = await serveHub({ root: join(folder, "hub"), tokens: [{ token, user: "acme", role: "write" }] });
});
afterAll(async () => {
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

let homes = 0;
/** An environment with nothing in it but a home of its own, with a login in the usual place. */
async function person(more: Record<string, string> = {}): Promise<Record<string, string>> {
  const home = join(folder, `home-${homes++}`);
  await mkdir(join(home, ".cache", "huggingface"), { recursive: true });
  await mkdir(join(home, "other"), { recursive: true });
  await writeFile(join(home, ".cache", "huggingface", "token"), "hf_usual\n");
  await writeFile(join(home, "other", "token"), " hf_other\r\n");
  const env = {
    HOME: home,
    PATH: process.env["PATH"] ?? "",
    SMOLTOOLS_HOME: join(home, "smoltools"),
    HF_ENDPOINT: hub.url,
  };
  return { ...env, ...more };
}

describe.skipIf(!interopPython)(`logins of huggingface_hub (${interopPythonHint})`, { timeout: 60_000 }, () => {
  it.each<[string, Record<string, string>]>([
    ["nothing", {}],
    ["HF_TOKEN", { HF_TOKEN: "hf_env" }],
    ["an HF_TOKEN with spaces", { HF_TOKEN: " hf_env \r\n" }],
    ["an empty HF_TOKEN", { HF_TOKEN: "", HUGGING_FACE_HUB_TOKEN: "hf_old" }],
    ["a blank HF_TOKEN", { HF_TOKEN: "  ", HUGGING_FACE_HUB_TOKEN: "hf_old" }],
    ["both variables", { HF_TOKEN: "hf_env", HUGGING_FACE_HUB_TOKEN: "hf_old" }],
    ["HF_HOME", { HF_HOME: "$HOME/other" }],
    ["HF_HOME with ~", { HF_HOME: "~/other" }],
    ["XDG_CACHE_HOME", { XDG_CACHE_HOME: "/nowhere" }],
    ["HF_HUB_CACHE", { HF_HUB_CACHE: "~/cache", HUGGINGFACE_HUB_CACHE: "/old" }],
    ["the old variable of the cache", { HUGGINGFACE_HUB_CACHE: "$HOME/cache" }],
    ["an HF_HOME of unknown variables", { HF_HOME: "$NOBODY/other" }],
    ["HF_TOKEN_PATH", { HF_HOME: "/nowhere", HF_TOKEN_PATH: "${HOME}/other/token" }],
    ["HF_ENDPOINT with a slash", { HF_ENDPOINT: "https://hub.example.org/" }],
  ])("are read as the official client reads them, with %s", async (_what, more) => {
    const env = await person(more);
    const official = await runProgram("tokens.py", env);
    expect({
      cache: defaultCacheDir(env),
      library: hubDefaults({}, env).token ?? null,
      token: hubToken(officialHub(env), env)?.token ?? null,
      path: loginFile(env),
      endpoint: officialHub(env),
    }).toEqual({
      cache: official["cache"],
      library: official["token"],
      token: official["token"],
      path: official["path"],
      endpoint: official["endpoint"],
    });
  });

  it("are written so that the official client uses them, and removed so that it has none", async () => {
    const env = await person();
    expect((await smoltools(["login", "--token-stdin"], { env, stdin: token })).code).toBe(0);
    expect(await runProgram("tokens.py", env)).toMatchObject({ token });
    expect((await smoltools(["logout"], { env })).code).toBe(0);
    expect(await runProgram("tokens.py", env)).toMatchObject({ token: null });
  });

  it("that the official client wrote are used, and removed with their names", async () => {
    const env = await person();
    expect(await runProgram("tokens.py", env, ["login", token])).toMatchObject({ token });
    const who = await smoltools(["whoami", "--json"], { env });
    expect(JSON.parse(who.stdout)).toMatchObject({ name: "acme", tokenFrom: loginFile(env) });
    await smoltools(["logout"], { env });
    expect(existsSync(loginFile(env))).toBe(false);
    expect(await readFile(join(dirname(loginFile(env)), "stored_tokens"), "utf8")).not.toContain(token);
    expect(await runProgram("tokens.py", env)).toMatchObject({ token: null, stored: {} });
  });
});
