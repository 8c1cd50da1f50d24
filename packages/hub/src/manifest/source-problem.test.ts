import { describe, expect, it } from "vitest";
import { parseManifest } from "./parse-manifest.ts";
import { sourceCommand, sourceProblem } from "./source-problem.ts";
import type { ManifestSource } from "./manifest-source.ts";

const server = { name: "everything", version: "1.0.0" };
const program = { kind: "mcp", command: "npx", args: ["-y", "a b"], env: ["KEY"], server } as const;
const document = { kind: "openapi", title: "Pets", version: "1", sha256: "a".repeat(64) } as const;

describe("the source of a manifest", () => {
  it.each<ManifestSource>([
    { kind: "mcp", url: "https://mcp.example.org/mcp?team=a", server },
    { ...program, args: [...program.args], env: [...program.env] },
    { ...program, command: "/usr/bin/server", args: [], env: [] },
    { kind: "mcp", url: "https://mcp.example.org/mcp?sort=keyed&monkey=1#tools", server },
    { kind: "space", space: "acme/demo" },
    { kind: "space", space: "http://127.0.0.1:7860/" },
    document,
    { ...document, url: "https://api.example.org/openapi.json" },
    { kind: "langchain", module: "@langchain/community/tools/calculator", export: "Calculator" },
    { kind: "langchain", module: "./t.ts", export: "t", package: { name: "t", version: "1.0.0" } },
  ])("may be %j", (source) => {
    expect(sourceProblem(source)).toBeUndefined();
  });

  it.each<[unknown, RegExp]>([
    ["mcp", /its kind is none of mcp, space, openapi, langchain/],
    [{ kind: "toString" }, /its kind is none of/],
    [{ kind: "mcp", url: "https://a.example", command: "npx", server }, /no source of the kind mcp/],
    [{ ...document, more: 1 }, /more/],
    [{ ...document, sha256: "a" }, /sha256/],
    [{ ...document, title: "a".repeat(201) }, /title/],
    [{ ...document, title: "Pets\u202e" }, /invisible/],
    [{ ...document, url: "file:///etc/passwd" }, /no address of http/],
    [{ ...document, url: "https://ann:pw@a.example/d.json" }, /holds a user or a password/],
    [{ ...document, url: "https://a.example/d.json?api_key=1" }, /the parameter api_key, which looks like a secret/],
    [
      { ...document, url: "https://a.example/d.json?k=a1b2c3d4e5f6a1b2c3d4" },
      /the parameter k, which looks like a sec/,
    ],
    [{ kind: "mcp", url: "https://a.example/mcp?access_token=1", server }, /access_token/],
    [{ kind: "mcp", url: "https://a.example/mcp?accessToken=1", server }, /accessToken/],
    [{ kind: "mcp", url: "https://a.example/mcp?authtoken=1", server }, /authtoken/],
    [{ kind: "mcp", url: "https://a.example/mcp?clientSecret=1", server }, /clientSecret/],
    [{ kind: "mcp", url: "https://a.example/mcp#token=1", server }, /token/],
    [{ kind: "space", space: "https://x:y@a.example" }, /holds a user/],
    [{ kind: "space", space: "a b" }, /neither owner\/name/],
    [{ ...program, args: Array.from({ length: 65 }, () => "a") }, /args/],
    [{ ...program, args: ["a".repeat(999), "b".repeat(999)] }, /longer than 2000 characters/],
    [{ ...program, env: ["A=secret"] }, /env/],
    [{ ...program, command: "./server" }, /a relative path/],
    [{ ...program, command: "-rf" }, /looks like an option/],
    [{ ...program, args: ["a\nb"] }, /invisible or control/],
  ])("may not be %j", (source, expected) => {
    expect(sourceProblem(source)).toMatch(expected);
  });

  it("that is a program is shown as a shell would take it", () => {
    expect(sourceCommand({ ...program, args: [...program.args], env: [] })).toBe("npx -y 'a b'");
    expect(sourceCommand(document)).toBeUndefined();
  });
});

describe("a manifest with a source", () => {
  const none = { net: [], env: [], read: [], write: [], run: [] as string[] };
  const parse = (change: object) =>
    parseManifest(
      Buffer.from(
        JSON.stringify({
          schemaVersion: 1,
          name: "acme/act",
          version: "1.0.0",
          description: "Acts.",
          tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
          entry: "dist/tool.mjs",
          runtime: "js",
          engines: { smoltools: ">=0.1.0" },
          permissions: none,
          files: { "dist/tool.mjs": { size: 1, sha256: "a".repeat(64) } },
          integrity: `sha512-${"A".repeat(86)}==`,
          ...change,
        }),
      ),
      "acme/act",
    );

  it("has it as it is written", () => {
    expect(parse({ source: document }).source).toEqual(document);
  });

  it("that is a program names it, with its arguments, among its permissions", () => {
    const permissions = { ...none, env: ["KEY"], run: ["npx -y 'a b'"] };
    expect(parse({ source: program, permissions }).permissions.run).toEqual(["npx -y 'a b'"]);
  });

  it.each<[string, object]>([
    ["a source that is none", { source: { kind: "mcp" } }],
    ["a program that its permissions do not name", { source: program }],
    [
      "a variable that its permissions do not name",
      { source: program, permissions: { ...none, run: ["npx -y 'a b'"] } },
    ],
    [
      "another program with arguments",
      { source: program, permissions: { ...none, env: ["KEY"], run: ["npx -y 'a b'", "rm -rf x"] } },
    ],
    ["a program with arguments and no source", { permissions: { ...none, run: ["npx -y 'a b'"] } }],
  ])("is refused with %s", (_what, change) => {
    expect(() => parse(change)).toThrowError(expect.objectContaining({ code: "MANIFEST_INVALID" }));
  });
});
