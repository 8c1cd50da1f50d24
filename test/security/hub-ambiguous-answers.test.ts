import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadTool } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { lyingHub } from "./lying-hub.ts";

const good = "a".repeat(40);
const tag = (name: unknown, commit: unknown = good) => JSON.stringify({ name, targetCommit: commit });

let cacheDir: string;
beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "smoltools-answers-"));
});
afterAll(() => rm(cacheDir, { recursive: true, force: true }));

describe("a hub whose answers can be read in two ways", () => {
  it.each([
    ["a key that stands twice", `{"branches":[],"tags":[],"tags":[${tag("v1.0.0")}]}`],
    [
      "a commit that stands twice",
      `{"branches":[],"tags":[{"name":"v1.0.0","targetCommit":"${good}","targetCommit":"x"}]}`,
    ],
    ["a prototype", `{"branches":[],"tags":[],"__proto__":{"tags":[${tag("v1.0.0")}]}}`],
    ["an escaped prototype", `{"branches":[],"tags":[],"\\u005f_proto__":{}}`],
    ["nesting that no answer has", `{"branches":[],"tags":[],"x":${"[".repeat(5000)}${"]".repeat(5000)}}`],
    ["a commit that is none", `{"branches":[],"tags":[${tag("v1.0.0", "../../../etc")}]}`],
    ["a commit in capitals", `{"branches":[],"tags":[${tag("v1.0.0", "A".repeat(40))}]}`],
    ["a name that is no text", `{"branches":[],"tags":[${tag(1)}]}`],
    ["no tags at all", `{"branches":[]}`],
    ["another kind of value", "[]"],
    ["a page for people", "<html>"],
    ["half of a value", '{"branches":[],"tags":['],
  ])("with %s, is not believed", async (_title, refs) => {
    await using liar = await lyingHub({ refs, packed: packageOf("return 1") });
    const load = loadTool("acme/act", { hubUrl: liar.url, sandbox, cacheDir, retries: 0 });
    await expect(load).rejects.toMatchObject({ code: "HUB_RESPONSE_INVALID" });
    expect(Object.prototype).not.toHaveProperty("tags");
  });

  it("with a version that names itself like a member of every object, is taken at its word and no more", async () => {
    const refs = `{"branches":[],"tags":[${tag("constructor")},${tag("toString")},${tag("v1.0.0")}]}`;
    await using liar = await lyingHub({ refs, packed: packageOf("return 1") });
    await using tool = await loadTool("acme/act", { hubUrl: liar.url, sandbox, cacheDir, retries: 0 });
    expect(tool.origin).toMatchObject({ version: "1.0.0" });
  });
});
