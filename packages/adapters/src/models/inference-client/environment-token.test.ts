import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { environmentToken } from "./environment-token.ts";

/** A folder with one file of this text. */
async function fileIn(path: string, text: string): Promise<AsyncDisposable & { root: string }> {
  const root = await mkdtemp(join(tmpdir(), "hf-token-"));
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

describe("environmentToken", () => {
  it.each([
    ["at HF_TOKEN_PATH", "my/secret", { HF_TOKEN_PATH: "my/secret" }],
    ["in HF_HOME", "token", { HF_HOME: "" }],
    ["in XDG_CACHE_HOME", "huggingface/token", { XDG_CACHE_HOME: "" }],
  ])("reads the file %s", async (_, path, variables) => {
    await using folder = await fileIn(path, "hf_from_file\n");
    const env = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, join(folder.root, value)] as const),
    );
    expect(await environmentToken(env)).toBe("hf_from_file");
  });

  it("prefers HF_TOKEN to a file", async () => {
    await using folder = await fileIn("token", "hf_from_file");
    expect(await environmentToken({ HF_TOKEN: " hf_from_env\n", HF_HOME: folder.root })).toBe("hf_from_env");
  });

  it.each([
    ["empty", "token", " \n"],
    ["missing", "other", "hf_from_file"],
  ])("gives none when the file is %s", async (_, path, text) => {
    await using folder = await fileIn(path, text);
    expect(await environmentToken({ HF_HOME: folder.root })).toBeUndefined();
  });

  it("gives none where a folder stands in the file's place", async () => {
    await using folder = await fileIn("token/inner", "hf_from_file");
    expect(await environmentToken({ HF_HOME: folder.root })).toBeUndefined();
  });

  it.each([
    ["https://huggingface.co", "hf_from_env"],
    ["https://huggingface.co/", "hf_from_env"],
    ["", "hf_from_env"],
    ["http://127.0.0.1:7860", undefined],
    ["https://huggingface.co.example.org", undefined],
  ])("with HF_ENDPOINT %j gives %s", async (HF_ENDPOINT, token) => {
    expect(await environmentToken({ HF_TOKEN: "hf_from_env", HF_ENDPOINT })).toBe(token);
  });
});
