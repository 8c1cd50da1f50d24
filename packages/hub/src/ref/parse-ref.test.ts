import { isSmoltoolsError } from "@smoltools/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRef } from "./parse-ref.ts";
import { formatRef, type Ref } from "./ref.ts";

const hub = (repo: string, more: object = {}) => ({ kind: "hub", repoType: "space", repo, ...more });

function codeOf(text: string): unknown {
  try {
    parseRef(text);
    return "none";
  } catch (error) {
    return isSmoltoolsError(error) ? error.code : error;
  }
}

describe("parseRef", () => {
  it.each<[string, unknown]>([
    ["acme/weather", hub("acme/weather")],
    ["hf:acme/weather", hub("acme/weather")],
    ["spaces/acme/weather", hub("acme/weather")],
    ["models/acme/weather", hub("acme/weather", { repoType: "model" })],
    ["hf:datasets/acme/weather@main", hub("acme/weather", { repoType: "dataset", revision: "main" })],
    ["acme/weather@^1.2", hub("acme/weather", { revision: "^1.2" })],
    ["acme/weather@v1.2.0#forecast", hub("acme/weather", { revision: "v1.2.0", tool: "forecast" })],
    ["acme/weather#forecast", hub("acme/weather", { tool: "forecast" })],
    ["acme/weather@feat/x@2", hub("acme/weather", { revision: "feat/x@2" })],
    ["acme/my.tool_2-x", hub("acme/my.tool_2-x")],
    ["./pkg", { kind: "folder", path: "./pkg" }],
    ["../pkg#a", { kind: "folder", path: "../pkg", tool: "a" }],
    ["/srv/pkg", { kind: "folder", path: "/srv/pkg" }],
    ["file:./pkg", { kind: "folder", path: "./pkg" }],
    ["file:pkg", { kind: "folder", path: "pkg" }],
    [".", { kind: "folder", path: "." }],
    ["/tmp/a b", { kind: "folder", path: "/tmp/a b" }],
    ["/tmp/c#-x", { kind: "folder", path: "/tmp/c#-x" }],
    ["C:\\tools\\x", { kind: "folder", path: "C:\\tools\\x" }],
    ["acme/weather@1.x", hub("acme/weather", { revision: "1.x" })],
    ["acme/weather@>=1", hub("acme/weather", { revision: ">=1" })],
    ["acme/weather@~1.2.3-rc.1", hub("acme/weather", { revision: "~1.2.3-rc.1" })],
  ])("reads %s", (text, ref) => {
    expect(parseRef(text)).toEqual(ref);
  });

  it.each<[string, string]>([
    ["", "owner/name"],
    ["weather", "owner/name"],
    ["a/b/c/d", "owner/name"],
    ["space/acme/weather", 'write "spaces/", in the plural'],
    ["foo/acme/weather", '"foo" is not a kind of repo'],
    ["acme/weather@", "nothing behind @"],
    ["acme/weather#", "not a tool name"],
    ["acme/weather#a-b", "not a tool name"],
    ["acme/weather#a#b", "more than one #"],
    ["acme/../weather", "not a kind of repo"],
    ["acme/we..ather", '"--" or ".."'],
    ["-acme/weather", 'begins or ends with "-"'],
    ["acme/weather.git", '".git"'],
    ["acme/wea ther", "white space"],
    ["acme/x@../../../precious", "cannot be the name"],
    ["acme/x@/etc", "cannot be the name"],
    ["acme/x@a\\b", "cannot be the name"],
    ["acme/x@a//b", "cannot be the name"],
    ["acme/x@.git", "cannot be the name"],
    ["acme/x@a.lock", "cannot be the name"],
    ["acme/x@a:b", "cannot be the name"],
    ["acme/weather\u0000", "control characters"],
    ["acme/w?x", "other characters"],
    ["file:", "names no folder"],
    [`acme/${"x".repeat(97)}`, "longer than 96"],
    ["x".repeat(600), "longer than 512"],
  ])("refuses %j", (text, why) => {
    expect(() => parseRef(text)).toThrow(why);
  });

  it("never fails in another way than with REF_INVALID", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(codeOf(text)).toMatch(/^(?:none|REF_INVALID)$/);
      }),
    );
  });

  it("reads back what formatRef writes", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,20}$/);
    const ref = fc.record(
      {
        kind: fc.constant("hub" as const),
        repoType: fc.constantFrom("space" as const, "model" as const, "dataset" as const),
        repo: fc.tuple(name, name).map((parts) => parts.join("/")),
        revision: fc.constantFrom("^1.2", "v1.0.0", "main", "0".repeat(40), "feat/x", ">=1", "1.x"),
        tool: name.filter((tool) => tool.length > 0),
      },
      { requiredKeys: ["kind", "repoType", "repo"] },
    );
    fc.assert(
      fc.property(ref, (value) => {
        expect(parseRef(formatRef(value as Ref))).toEqual(value);
      }),
    );
  });
});
