import { afterEach, describe, expect, it, vi } from "vitest";
import { apiKeyOf, type KeySource } from "./api-key.ts";

const own = "https://api.example.org/search";
const source: KeySource = {
  service: "Engine",
  apiKey: undefined,
  environment: ["ENGINE_KEY", "ENGINE_API_KEY"],
  url: own,
  ownUrl: own,
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("apiKeyOf", () => {
  it.each([
    ["the option", "from-option"],
    ["a function", () => "from-option"],
    ["a function that takes its time", async () => " from-option\n"],
  ])("takes %s before the environment", async (_, apiKey) => {
    vi.stubEnv("ENGINE_KEY", "from-environment");
    expect(await apiKeyOf({ ...source, apiKey })).toBe("from-option");
  });

  it("takes the first variable that is set", async () => {
    vi.stubEnv("ENGINE_KEY", "");
    vi.stubEnv("ENGINE_API_KEY", "second");
    expect(await apiKeyOf(source)).toBe("second");
  });

  it("names the variables when there is no key", async () => {
    await expect(apiKeyOf(source)).rejects.toMatchObject({
      code: "WEB_KEY_MISSING",
      message: "Engine needs a key: pass apiKey or set ENGINE_KEY or ENGINE_API_KEY.",
    });
  });

  it("gives no key of the environment to another host", async () => {
    vi.stubEnv("ENGINE_KEY", "from-environment");
    await expect(apiKeyOf({ ...source, url: "https://evil.example/search" })).rejects.toMatchObject({
      code: "WEB_KEY_MISSING",
    });
  });

  it.each([
    ["a key that would travel unencrypted", { url: "http://engine.example/", apiKey: "secret-123456" }],
    ["a key with a line break in it", { apiKey: "secret\n123456" }],
    ["a key of other characters", { apiKey: "secret…" }],
  ])("refuses %s, without showing it", async (_, options) => {
    const call = apiKeyOf({ ...source, ...options });
    await expect(call).rejects.toMatchObject({ code: "WEB_OPTIONS_INVALID", data: { option: "apiKey" } });
    await expect(call).rejects.not.toThrow("secret");
  });

  it("lets a key travel unencrypted on this machine", async () => {
    expect(await apiKeyOf({ ...source, url: "http://127.0.0.1:8080/", apiKey: "k" })).toBe("k");
  });
});
