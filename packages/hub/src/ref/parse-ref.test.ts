import { isAbsolute, join, relative } from "node:path";
import { isSmoltoolsError } from "@smoltools/core";
import fc from "fast-check";
import validRange from "semver/ranges/valid.js";
import { describe, expect, it } from "vitest";
import { parseRef } from "./parse-ref.ts";
import { formatRef, type Ref } from "./ref.ts";

const hub = (repo: string, more: object = {}) => ({ kind: "hub", repoType: "space", repo, ...more });

/** Texts of the pieces that refs are made of, and of anything else. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ..."/ @ # : . .. \\ % ~ ^ | * - file: file:// hf: spaces models/ C:/ ./ ../ 1.2.3 v1 .tgz .git".split(" "),
        ),
        fc.constantFrom("https://huggingface.co", "/tree/", "%2f", "%2e", " ", "acme", "acme/weather", "\0"),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 9 },
    )
    .map((parts) => parts.join("")),
);

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
    ["..\\tools", { kind: "folder", path: "..\\tools" }],
    ["\\\\server\\share\\x", { kind: "folder", path: "\\\\server\\share\\x" }],
    ["file:C:/tools/x", { kind: "folder", path: "C:/tools/x" }],
    ["file:///srv/my%20pkg", { kind: "folder", path: "/srv/my pkg" }],
    ["file:///C:/tools/x", { kind: "folder", path: "C:/tools/x" }],
    ["file://localhost/srv/pkg#act", { kind: "folder", path: "/srv/pkg", tool: "act" }],
    ["./weather-1.0.0.tgz", { kind: "folder", path: "./weather-1.0.0.tgz" }],
    ["file:weather.tgz#forecast", { kind: "folder", path: "weather.tgz", tool: "forecast" }],
    ["https://huggingface.co/spaces/acme/weather", hub("acme/weather")],
    ["https://huggingface.co/spaces/acme/weather/", hub("acme/weather")],
    ["https://huggingface.co/spaces/acme/weather.git", hub("acme/weather")],
    ["https://hf.co/spaces/acme/weather?logs=build", hub("acme/weather")],
    ["https://huggingface.co/acme/weather", hub("acme/weather", { repoType: "model" })],
    ["https://huggingface.co/datasets/acme/weather", hub("acme/weather", { repoType: "dataset" })],
    ["https://huggingface.co/spaces/acme/weather/tree/v1.2.0", hub("acme/weather", { revision: "v1.2.0" })],
    ["https://huggingface.co/spaces/acme/weather/tree/feat%2Fx/src", hub("acme/weather", { revision: "feat/x" })],
    ["https://huggingface.co/spaces/acme/weather/blob/main/tool.json", hub("acme/weather", { revision: "main" })],
    ["https://huggingface.co/spaces/acme/weather/settings", hub("acme/weather")],
    ["https://huggingface.co/spaces/acme/weather@^1.2#act", hub("acme/weather", { revision: "^1.2", tool: "act" })],
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
    ["file://", "names no folder"],
    ["file://other-machine/srv/pkg", 'machine "other-machine"'],
    ["file:///srv/a%2f..%2f..%2fetc", "encodes a separator"],
    ["file:///srv/%zz", "not encoded"],
    [`./${"x".repeat(5000)}`, "longer than 4096"],
    ["dist/weather-1.0.0.tgz", "write ./dist/weather-1.0.0.tgz"],
    [
      "https://example.com/spaces/acme/weather",
      "an address on example.com, and the hub that is asked is huggingface.co",
    ],
    ["https://huggingface.co.evil.example/spaces/acme/weather", "an address on huggingface.co.evil.example"],
    ["https://me:hf_secret@huggingface.co/spaces/acme/weather", "name of a user or a token"],
    ["https://acme-weather.hf.space", "a running Space"],
    ["https://huggingface.co/", "owner/name"],
    ["https://huggingface.co/acme/%2e%2e%2f%2e%2e", "owner/name"],
    ["https://huggingface.co/spaces/acme/weather/tree/..%2f..%2fx", "cannot be the name"],
    ["https://huggingface.co/spaces/acme/%00", "other characters"],
    ["https://huggingface.co/spaces/acme/weather/tree/a%0ab", "cannot be the name"],
    ["https://", "not a web address"],
    [`acme/${"x".repeat(97)}`, "longer than 96"],
    ["x".repeat(600), "longer than 512"],
  ])("refuses %j", (text, why) => {
    expect(() => parseRef(text)).toThrow(why);
  });

  it.each([
    ["http://127.0.0.1:7860/spaces/acme/weather", "http://127.0.0.1:7860", "acme/weather"],
    ["https://hub.example/base/spaces/acme/weather/tree/v1.0.0", "https://hub.example/base/", "acme/weather@v1.0.0"],
  ])("reads the address %s on the hub %s", (text, hubUrl, ref) => {
    expect(formatRef(parseRef(text, { hubUrl }))).toBe(ref);
  });

  it("never repeats a password", () => {
    expect(() => parseRef("https://me:hf_secret@hub.example/spaces/acme/weather")).toThrow(/^(?!.*hf_secret)/s);
  });

  it("takes no address of the public Hub where another hub is asked", () => {
    const parse = () => parseRef("https://huggingface.co/spaces/acme/weather", { hubUrl: "https://hub.example" });
    expect(parse).toThrow("the hub that is asked is hub.example");
  });

  it("never fails in another way than with REF_INVALID", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(codeOf(text)).toMatch(/^(?:none|REF_INVALID)$/);
      }),
      { numRuns: 1000 },
    );
  });

  it("reads what formatRef writes of whatever it read", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        if (codeOf(text) !== "none") return;
        const ref = parseRef(text);
        expect(parseRef(formatRef(ref))).toEqual(ref);
      }),
      { numRuns: 1000 },
    );
  });

  it("lets no name of a repo or revision through that leads out of a folder", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        if (codeOf(text) !== "none") return;
        const ref = parseRef(text);
        if (ref.kind === "folder") return;
        for (const name of [ref.repo, ref.revision ?? "x"]) {
          if (validRange(name) !== null) continue; // Ranges never become paths: the tags that they lead to do.
          const inside = relative("/srv/cache", join("/srv/cache", ...name.split("/")));
          expect(inside.startsWith("..") || isAbsolute(inside) || inside === "").toBe(false);
        }
      }),
      { numRuns: 1000 },
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
