import { describe, expect, it } from "vitest";
import { type RemoteOptions, remoteSettings } from "./remote-options.ts";

describe("the options of remote sandboxes", () => {
  it("have defaults", () => {
    expect(remoteSettings("acme", {}, 5000)).toEqual({
      language: "javascript",
      lifetimeMs: 1_800_000,
      startTimeoutMs: 5000,
    });
  });

  it.each<[options: RemoteOptions, said: RegExp]>([
    [{ language: "ruby" as "python" }, /language is "ruby"/],
    [{ lifetimeMs: 999 }, /lifetimeMs is 999/],
    [{ lifetimeMs: Number.NaN }, /lifetimeMs is NaN/],
    [{ lifetimeMs: 2 ** 31 }, /lifetimeMs is 2147483648/],
    [{ startTimeoutMs: 0 }, /startTimeoutMs is 0/],
    [{ startTimeoutMs: 1.5 }, /startTimeoutMs is 1.5/],
  ])("cannot be %j", (options, said) => {
    const act = (): unknown => remoteSettings("acme", options, 5000);
    expect(act).toThrow(said);
    expect(act).toThrow(expect.objectContaining({ code: "SANDBOX_BAD_OPTIONS", data: { sandbox: "acme" } }));
  });
});
