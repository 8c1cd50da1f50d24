import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubToken } from "./credentials.ts";
import { hubOf, hubProblem } from "./hub-address.ts";
import { settings, withSettings } from "../settings/settings.ts";

const hf = "https://huggingface.co";
const team = "https://hub.example.org";

let folder: string;
/** A home with a login, and with tokens of other hubs. */
let home: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cli-login-"));
  home = { HOME: folder, HF_HOME: join(folder, "hf"), SMOLTOOLS_HOME: join(folder, "config") };
  mkdirSync(join(folder, "hf"));
  mkdirSync(join(folder, "config"));
  writeFileSync(join(folder, "hf", "token"), "hf_file\n");
  writeFileSync(join(folder, "other"), "  hf_other\r\n");
  writeFileSync(join(folder, "config", "tokens.json"), JSON.stringify({ [team]: "hf_team" }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("hubToken", () => {
  it.each<[string, string, Record<string, string>, string | undefined, RegExp]>([
    ["the file", hf, {}, "hf_file", /hf\/token$/],
    ["HF_TOKEN before the file", hf, { HF_TOKEN: "hf_env" }, "hf_env", /^HF_TOKEN$/],
    ["the old variable", hf, { HUGGING_FACE_HUB_TOKEN: "hf_old" }, "hf_old", /^HUGGING_FACE_HUB_TOKEN$/],
    [
      "the newer of two variables",
      hf,
      { HF_TOKEN: "hf_new", HUGGING_FACE_HUB_TOKEN: "hf_old" },
      "hf_new",
      /^HF_TOKEN$/,
    ],
    [
      "the old one where the new one is empty",
      hf,
      { HF_TOKEN: "", HUGGING_FACE_HUB_TOKEN: "hf_old" },
      "hf_old",
      /OLD|HUB/,
    ],
    [
      "the file where HF_TOKEN is blank",
      hf,
      { HF_TOKEN: " \n", HUGGING_FACE_HUB_TOKEN: "hf_old" },
      "hf_file",
      /token$/,
    ],
    ["a token without spaces around it", hf, { HF_TOKEN: " hf_env\r\n" }, "hf_env", /^HF_TOKEN$/],
    ["the file of HF_ENDPOINT too", team, { HF_ENDPOINT: `${team}/` }, "hf_file", /token$/],
    ["a hub's own where it is not the environment's", team, { HF_TOKEN: "hf_env" }, "hf_team", /tokens\.json$/],
    ["none for a hub that nobody logged in to", "https://evil.example", { HF_TOKEN: "hf_env" }, undefined, /./],
    [
      "none of the file for the Hugging Face Hub where HF_ENDPOINT is another",
      hf,
      { HF_ENDPOINT: team },
      undefined,
      /./,
    ],
  ])("takes %s", (_what, hub, env, token, from) => {
    const found = hubToken(hub, { ...home, ...env });
    expect(found?.token).toBe(token);
    expect(found?.from ?? "none").toMatch(from);
  });

  it("says that the file is not open, rather than that there is none", () => {
    const path = join(folder, "a-folder");
    mkdirSync(path);
    expect(() => hubToken(hf, { ...home, HF_TOKEN_PATH: path })).toThrow(/a-folder is a folder/);
  });

  it("does not read a file that never ends", () => {
    const env = { ...home, HF_TOKEN_PATH: "/dev/zero" };
    expect(() => hubToken(hf, env)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }) as Error);
  });

  it("refuses a broken file of tokens without showing it", () => {
    const broken = join(folder, "broken");
    mkdirSync(broken);
    writeFileSync(join(broken, "tokens.json"), '{"x": hf_secret');
    chmodSync(join(broken, "tokens.json"), 0o600);
    const env = { ...home, SMOLTOOLS_HOME: broken };
    expect(() => hubToken(team, env)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }) as Error);
    expect(() => hubToken(team, env)).not.toThrow(/hf_secret/);
  });
});

describe("hubOf", () => {
  it.each<[Record<string, string>, Record<string, string>, object]>([
    [{}, {}, { url: hf, from: "default" }],
    [{}, { SMOLTOOLS_HUB: team }, { url: team, from: "SMOLTOOLS_HUB" }],
    [{}, { SMOLTOOLS_HUB: "https://x.example", HF_ENDPOINT: `${team}//` }, { url: team, from: "HF_ENDPOINT" }],
    [{ hub: "http://127.0.0.1:1/" }, { HF_ENDPOINT: team }, { url: "http://127.0.0.1:1", from: "--hub" }],
  ])("of %o and %o is %o", (values, env, expected) => {
    expect(hubOf({ values, env })).toEqual(expected);
  });

  it.each(["", "hub.example.org", "ftp://hub.example.org", "https://u:p@hub.example.org", "https://x.example/?a=1"])(
    "refuses %j",
    (text) => {
      expect(hubProblem(text)).toBeTypeOf("string");
      expect(() => hubOf({ values: { hub: text }, env: {} })).toThrow(/The hub of --hub/);
    },
  );
});

describe("withSettings", () => {
  it("fills in what the environment does not say", () => {
    const config = join(folder, "set");
    mkdirSync(config);
    const kept = { hub: team, model: "a/b", sandbox: "process", unknown: "x", other: 3 };
    writeFileSync(join(config, "config.json"), JSON.stringify(kept));
    const env = withSettings({ SMOLTOOLS_HOME: config, SMOLTOOLS_MODEL: "c/d" });
    expect(env).toEqual({
      SMOLTOOLS_HOME: config,
      SMOLTOOLS_HUB: team,
      SMOLTOOLS_MODEL: "c/d",
      SMOLTOOLS_SANDBOX: "process",
    });
  });

  it.each([
    ["hub", "x", false],
    ["hub", team, true],
    ["model", "two words", false],
    ["model", "Qwen/Qwen3-32B", true],
    ["sandbox", "docker", false],
    ["sandbox", "process", true],
  ])("takes for %s %j: %s", (name, value, isGood) => {
    expect(settings[name]?.problem(value) === undefined).toBe(isGood);
  });
});
