import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFiles } from "./check-files.ts";

const file = { size: 1, sha256: "0".repeat(64) };

function check(...paths: string[]) {
  return () => checkFiles(Object.fromEntries(paths.map((path) => [path, file])), "tool.json", "acme/act@1.0.0");
}

describe("checkFiles", () => {
  it.each([
    [["a", "b", "c/a", "c/b", "d/e/f"]],
    [["src/a.ts", "src/ab.ts", "src.ts"]],
    [["Src/a", "src/b"]],
    [["ß", "st"]],
    [["tools/x/tool.json"]],
    [["constructor", "toString"]],
  ])("accepts %j", (paths) => {
    expect(check(...paths)).not.toThrow();
  });

  it("refuses more files than a package may have, of packages of every kind", () => {
    const paths = Array.from({ length: 1001 }, (_, index) => `f${index}`);
    expect(check(...paths.slice(1))).not.toThrow();
    expect(check(...paths)).toThrow(expect.objectContaining({ code: "PACKAGE_TOO_LARGE" }));
  });

  it.each<[string[], string]>([
    [["README.md", "readme.md"], 'take it for "README.md"'],
    [["a/B/c", "A/b/C"], "take it for"],
    [["straße", "STRASSE"], "take it for"],
    [["ﬁle", "file"], "take it for"],
    [["Å", "å"], "take it for"],
    [["K", "\u212A"], "normal form C"],
    [["a", "a/b"], 'folder "a" is a file'],
    [["a/b", "A"], 'folder "a" is a file'],
    [["a/b/c/d", "a/B"], 'folder "a/b" is a file'],
    [["tool.json"], 'take it for "tool.json"'],
    [["Tool.JSON"], 'take it for "tool.json"'],
    [["tool.json.sig"], "take it for"],
    [["tool.json/x"], 'folder "tool.json" is a file'],
    [["registry.json"], "take it for"],
    [["a\u200D"], "not every system"],
    [["../a"], '".."'],
  ])("refuses %j", (paths, words) => {
    expect(check(...paths)).toThrow(expect.objectContaining({ code: "PATH_UNSAFE" }));
    expect(check(...paths)).toThrow(words);
  });

  it("lets no two paths through that are one on a system without cases", () => {
    const name = fc.stringMatching(/^[a-zäößſé]{1,6}$/);
    fc.assert(
      fc.property(name, (lower) => {
        fc.pre(lower !== lower.toUpperCase());
        expect(check(lower, lower.toUpperCase())).toThrow(expect.objectContaining({ code: "PATH_UNSAFE" }));
      }),
    );
  });
});
