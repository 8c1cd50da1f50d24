import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { hubDefaults } from "./hub-defaults.ts";

const env = { HF_ENDPOINT: "https://hub.example.com", HF_TOKEN: "hf_mine" };

describe("hubDefaults", () => {
  it("takes hub and token from the environment", () => {
    expect(hubDefaults({}, env)).toMatchObject({ hubUrl: "https://hub.example.com", token: "hf_mine" });
  });

  it("sends the token to the public hub where the environment names none", () => {
    const options = hubDefaults({}, { HF_TOKEN: "hf_mine" });
    expect(options.token).toBe("hf_mine");
    expect(options.hubUrl).toBeUndefined();
  });

  it("knows the public hub when the caller writes it out", () => {
    expect(hubDefaults({ hubUrl: "https://huggingface.co" }, { HF_TOKEN: "hf_mine" }).token).toBe("hf_mine");
  });

  it("knows the environment's hub with a slash at its end", () => {
    expect(hubDefaults({ hubUrl: "https://hub.example.com/" }, env).token).toBe("hf_mine");
  });

  it.each([env, { HF_TOKEN: "hf_mine" }])(
    "never gives the environment's token to a hub that only the caller names",
    (given) => {
      expect(hubDefaults({ hubUrl: "https://evil.example.org" }, given).token).toBeUndefined();
    },
  );

  it("keeps what the caller gives", () => {
    const options = hubDefaults({ hubUrl: "https://other.example.org", token: "hf_other" }, env);
    expect(options).toMatchObject({
      hubUrl: "https://other.example.org",
      token: "hf_other",
      sandbox: { name: "quickjs" },
    });
  });

  it("shows warnings as Node.js shows its own, where nobody listens", async () => {
    const shown = once(process, "warning");
    hubDefaults({}, env).onWarning?.({
      code: "VERSION_YANKED",
      message: "1.0.0 was withdrawn",
      ref: "acme/tool@1.0.0",
    });
    expect(await shown).toMatchObject([
      { name: "SmoltoolsWarning", code: "VERSION_YANKED", message: "1.0.0 was withdrawn" },
    ]);
  });
});
