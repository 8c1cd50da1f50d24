import { describe, expect, it } from "vitest";
import { environmentSecrets } from "./environment-secrets.ts";

describe("environmentSecrets", () => {
  it.each([
    ["HF_TOKEN", "hf_writer"],
    ["OPENAI_API_KEY", "k3y-of-mine"],
    ["DB_PASSWORD", "correct horse"],
    ["GITHUB_TOKEN", "ghs_1234"],
    ["aws_secret_access_key", "wJalrXUt"],
  ])("counts %s=%s", (name, value) => {
    expect(environmentSecrets({ [name]: value })).toEqual(new Map([[name, value]]));
  });

  it.each([
    ["PATH", "/usr/bin:/bin"],
    ["HF_TOKEN", "short"],
    ["HF_TOKEN_PATH", "/home/ada/.cache/huggingface/token"],
    ["TOKENIZERS_PARALLELISM", "false"],
    ["DB_PASSWORD", "password"],
    ["TOKEN_LIMIT", "1000000000"],
    ["SECRET_URL", "https://vault.example/v1"],
    ["EDITOR", "vim -c 'set x'"],
  ])("leaves out %s=%s", (name, value) => {
    expect(environmentSecrets({ [name]: value }).size).toBe(0);
  });
});
