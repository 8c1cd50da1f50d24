import { type CodeLanguage, SandboxError } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { autoSandbox, type AutoSandboxOptions } from "./auto-sandbox.ts";
import { lazySandbox } from "./lazy-sandbox.ts";

describe("autoSandbox", () => {
  it.each<[AutoSandboxOptions, string, CodeLanguage]>([
    [{}, "quickjs", "javascript"],
    [{ language: "javascript" }, "quickjs", "javascript"],
    [{ runtime: "js" }, "quickjs", "javascript"],
    [{ runtime: "js", language: "javascript" }, "quickjs", "javascript"],
    [{ runtime: "node" }, "process", "javascript"],
    [{ runtime: "node", language: "javascript" }, "process", "javascript"],
    [{ language: "python" }, "python", "python"],
    [{ runtime: "python" }, "python", "python"],
    [{ runtime: "python", language: "python" }, "python", "python"],
  ])("gives for %j the sandbox %s", (options, name, language) => {
    expect(autoSandbox(options)).toMatchObject({ name, language });
  });

  it.each([
    { runtime: "node", language: "python" },
    { runtime: "python", language: "javascript" },
    { runtime: "ruby" },
    { runtime: "toString" },
    { language: "ruby" },
  ])("refuses %j", (options) => {
    expect(() => autoSandbox(options as AutoSandboxOptions)).toThrow(
      expect.objectContaining({ code: "SANDBOX_BAD_OPTIONS" }),
    );
  });

  it("gives the same provider each time, so that what is warm is shared", () => {
    expect(autoSandbox({ runtime: "node" })).toBe(autoSandbox({ runtime: "node", language: "javascript" }));
  });

  it.each<[AutoSandboxOptions, string, unknown]>([
    [{ language: "javascript" }, "[1, 2].map((n) => n * 2)", [2, 4]],
    [{ runtime: "node" }, "(await import('node:path')).posix.join('a', 'b')", "a/b"],
    [{ language: "python" }, "[n * 2 for n in [1, 2]]", [2, 4]],
  ])("runs code of %j", async (options, code, value) => {
    await using sandbox = await autoSandbox(options).create();
    expect(await sandbox.run(code)).toMatchObject({ value });
  });
});

describe("a sandbox that is loaded when it is used", () => {
  it("passes on that it cannot be had, and puts nothing in its place", async () => {
    const unavailable = new SandboxError("install it", { code: "SANDBOX_UNAVAILABLE", data: { sandbox: "process" } });
    const provider = { name: "process", language: "javascript", create: () => Promise.reject(unavailable) } as const;
    await expect(lazySandbox("process", "javascript", async () => provider).create()).rejects.toBe(unavailable);
  });
});
