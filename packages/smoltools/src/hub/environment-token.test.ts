import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environmentToken } from "./environment-token.ts";
import { hubDefaults } from "./hub-defaults.ts";
import { modelFromEnvironment } from "../model-from-environment.ts";

let folder: string;
let home: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "environment-token-"));
  mkdirSync(join(folder, "hf"));
  writeFileSync(join(folder, "hf", "token"), "hf_file\r\n");
  home = { HOME: folder, HF_HOME: "~/hf" };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("environmentToken", () => {
  it("is the first of two variables and the file of hf auth login", () => {
    const both = { ...home, HF_TOKEN: "hf_a", HUGGING_FACE_HUB_TOKEN: "hf_b" };
    expect(environmentToken(both)).toEqual({ token: "hf_a", from: "HF_TOKEN" });
    expect(environmentToken({ ...both, HF_TOKEN: "" })).toEqual({ token: "hf_b", from: "HUGGING_FACE_HUB_TOKEN" });
    expect(environmentToken(home)).toEqual({ token: "hf_file", from: join(folder, "hf", "token") });
  });

  it.each(["/nowhere/token", "/"])("is none where the file cannot be read: %s", (path) => {
    expect(environmentToken({ ...home, HF_TOKEN_PATH: path })).toBeUndefined();
  });
});

describe("who has logged in with the official client", () => {
  it("loads with that token from the hub of the environment, and from no other", () => {
    expect(hubDefaults({}, home).token).toBe("hf_file");
    expect(hubDefaults({}, { ...home, HF_ENDPOINT: "https://hub.example.org" }).token).toBe("hf_file");
    expect(hubDefaults({ hubUrl: "https://hub.example.org" }, home).token).toBeUndefined();
  });

  it("asks the models of Hugging Face with it, unless it is another hub's", async () => {
    expect((await modelFromEnvironment(home))?.from).toBe(join(folder, "hf", "token"));
    expect((await modelFromEnvironment({ ...home, HUGGING_FACE_HUB_TOKEN: "hf_b" }))?.from).toBe(
      "HUGGING_FACE_HUB_TOKEN",
    );
    expect(await modelFromEnvironment({ ...home, HF_ENDPOINT: "https://hub.example.org" })).toBeUndefined();
  });
});
