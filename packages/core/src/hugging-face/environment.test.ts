import { describe, expect, it } from "vitest";
import { cleanToken, huggingFacePaths, tokenPlace } from "./environment.ts";

describe("huggingFacePaths", () => {
  it.each<[Record<string, string>, string, string]>([
    [{}, "/u/.cache/huggingface/token", "/u/.cache/huggingface/hub"],
    [{ HOME: "/h" }, "/h/.cache/huggingface/token", "/h/.cache/huggingface/hub"],
    [{ HOME: "/h/" }, "/h/.cache/huggingface/token", "/h/.cache/huggingface/hub"],
    [{ XDG_CACHE_HOME: "/x" }, "/x/huggingface/token", "/x/huggingface/hub"],
    [{ XDG_CACHE_HOME: "~/x" }, "/u/x/huggingface/token", "/u/x/huggingface/hub"],
    [{ XDG_CACHE_HOME: "/x", HF_HOME: "/f" }, "/f/token", "/f/hub"],
    [{ HF_HOME: "/f/", HF_TOKEN_PATH: "/t/mine", HF_HUB_CACHE: "/c" }, "/t/mine", "/c"],
    [{ HF_HOME: "", HF_TOKEN_PATH: "", HF_HUB_CACHE: "" }, "/u/.cache/huggingface/token", "/u/.cache/huggingface/hub"],
    [{ HUGGINGFACE_HUB_CACHE: "/old" }, "/u/.cache/huggingface/token", "/old"],
    [{ HUGGINGFACE_HUB_CACHE: "/old", HF_HUB_CACHE: "$BASE/new", BASE: "/b" }, "/u/.cache/huggingface/token", "/b/new"],
    [{ HF_HOME: "~/f" }, "/u/f/token", "/u/f/hub"],
    [{ HF_HOME: "~" }, "/u/token", "/u/hub"],
    [{ HF_HOME: "~other/f" }, "~other/f/token", "~other/f/hub"],
    [{ HF_HOME: "/a~b" }, "/a~b/token", "/a~b/hub"],
    [{ HF_HOME: "$BASE/f", BASE: "/b" }, "/b/f/token", "/b/f/hub"],
    [{ HF_HOME: "$\u007BBASE}/f", BASE: "/b" }, "/b/f/token", "/b/f/hub"],
    [{ HF_HOME: "$UNKNOWN/f" }, "$UNKNOWN/f/token", "$UNKNOWN/f/hub"],
  ])("of %o keeps the token in %s and downloads in %s", (env, tokenFile, hubCache) => {
    expect(huggingFacePaths(env, "/u")).toMatchObject({ tokenFile, hubCache });
  });
});

describe("tokenPlace", () => {
  const file = "/u/.cache/huggingface/token";

  it.each<[Record<string, string>, object]>([
    [{}, { file }],
    [{ HF_TOKEN: " hf_a\r\n" }, { variable: "HF_TOKEN", token: "hf_a" }],
    [{ HUGGING_FACE_HUB_TOKEN: "hf_b" }, { variable: "HUGGING_FACE_HUB_TOKEN", token: "hf_b" }],
    [
      { HF_TOKEN: "hf_a", HUGGING_FACE_HUB_TOKEN: "hf_b" },
      { variable: "HF_TOKEN", token: "hf_a" },
    ],
    [
      { HF_TOKEN: "", HUGGING_FACE_HUB_TOKEN: "hf_b" },
      { variable: "HUGGING_FACE_HUB_TOKEN", token: "hf_b" },
    ],
    [{ HF_TOKEN: " \n", HUGGING_FACE_HUB_TOKEN: "hf_b" }, { file }],
  ])("of %o is %o", (env, place) => {
    expect(tokenPlace(env, "/u")).toEqual(place);
  });
});

describe("cleanToken", () => {
  it.each([
    [" hf_a\n", "hf_a"],
    [" \r\n", undefined],
    [undefined, undefined],
  ])("of %j is %j", (text, token) => {
    expect(cleanToken(text)).toBe(token);
  });
});
