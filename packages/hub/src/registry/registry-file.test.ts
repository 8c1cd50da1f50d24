import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withStatus } from "./change-registry.ts";
import { noticeText } from "./notice-text.ts";
import { emptyRegistry, formatRegistry, parseRegistry, type RegistryFile, versionStatus } from "./registry-file.ts";

const parse = (text: string) => parseRegistry(Buffer.from(text), "acme/act");

describe("parseRegistry", () => {
  it.each<[string, string]>([
    ["something that is no JSON", "{"],
    ["a list", "[]"],
    ["a later format", '{"schemaVersion":2,"versions":{}}'],
    ["no versions", '{"schemaVersion":1}'],
    ["a yank without a reason", '{"schemaVersion":1,"versions":{"1.0.0":{"yanked":{"at":"x"}}}}'],
    ["a yank that is no object", '{"schemaVersion":1,"versions":{"1.0.0":{"yanked":true}}}'],
    [
      "a text without end",
      JSON.stringify({ schemaVersion: 1, versions: { a: { yanked: { reason: "x".repeat(3000) } } } }),
    ],
    ["a version that stands there twice", '{"schemaVersion":1,"versions":{"1.0.0":{},"1.0.0":{}}}'],
    ["a key that is a prototype", '{"schemaVersion":1,"versions":{"__proto__":{"yanked":{"reason":"x","at":"x"}}}}'],
  ])("refuses %s", (_title, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: "REGISTRY_INVALID" }));
  });

  it("refuses bytes that are no UTF-8", () => {
    expect(() => parseRegistry(Buffer.from([0xff, 0x7b]), "x")).toThrow(
      expect.objectContaining({ code: "REGISTRY_INVALID" }),
    );
  });
});

describe("versionStatus", () => {
  it("knows nothing of versions that are named like members of every object", () => {
    expect(versionStatus(emptyRegistry(), "constructor")).toEqual({});
  });
});

describe("formatRegistry", () => {
  const text = fc.string({ minLength: 1, maxLength: 20 });
  const deprecated = fc.record({ message: text, use: text, at: text }, { requiredKeys: ["message", "at"] });
  const status = fc.record({ yanked: fc.record({ reason: text, at: text }), deprecated }, { requiredKeys: [] });
  const version = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((parts) => parts.join("."));
  const registry = fc.record(
    { schemaVersion: fc.constant(1 as const), deprecated, later: text, versions: fc.dictionary(version, status) },
    { requiredKeys: ["schemaVersion", "versions"] },
  );

  it("is read back as what it was", () => {
    fc.assert(
      fc.property(registry, (value) => {
        expect(parse(formatRegistry(value as RegistryFile))).toEqual({ ...value });
      }),
    );
  });

  it("does not depend on the order in which versions were withdrawn", () => {
    const yanked = { yanked: { reason: "r", at: "t" } };
    const one = withStatus(withStatus(emptyRegistry(), "1.0.0", yanked), "2.0.0", yanked);
    const two = withStatus(withStatus(emptyRegistry(), "2.0.0", yanked), "1.0.0", yanked);
    expect(formatRegistry(one)).toBe(formatRegistry(two));
  });
});

describe("noticeText", () => {
  it.each(["", "  ", "two\nlines", "a\u001b[2Jb", "a\u202eb", "x".repeat(1001)])("refuses %j", (text) => {
    expect(() => noticeText(text, "reason")).toThrow(expect.objectContaining({ code: "REGISTRY_INVALID" }));
  });

  it("takes one line, in any script", () => {
    expect(noticeText(" falsche Einheiten – 単位 🔧 ", "reason")).toBe("falsche Einheiten – 単位 🔧");
  });
});
