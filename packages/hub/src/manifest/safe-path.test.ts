import { isAbsolute, relative, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathProblem } from "./safe-path.ts";

describe("pathProblem", () => {
  it.each(["tool.json", "dist/tool.mjs", "src/a b/ü.ts", "a.b.c", ".gitignore", "src/...x"])("accepts %s", (path) => {
    expect(pathProblem(path)).toBeUndefined();
  });

  it.each([
    "",
    "/etc/passwd",
    "../x",
    "a/../../x",
    "a/..",
    "./x",
    "a//b",
    "a/",
    "a\\..\\b",
    "C:/x",
    "c:x",
    ".git/hooks/pre-commit",
    "a/.GIT/config",
    "a\u0000b",
    "a\nb",
    "a\u0085b",
    "a:b",
    "con",
    "src/NUL.txt",
    "lpt1",
    "COM¹.txt",
    "conin$",
    "aux .txt",
    "a/git~1/config",
    ".g\u200cit/config",
    "a\u202etxt.exe",
    "a\ud800b",
    "a\u2028b",
    "ä".repeat(128),
    "a. ",
    "a.",
    "u\u0308.ts",
    "x".repeat(256),
  ])("refuses %j", (path) => {
    expect(pathProblem(path)).toBeTypeOf("string");
  });

  it("lets no path through that leads out of its folder", () => {
    const segment = fc.oneof(fc.constantFrom("..", ".", "a", "", ".git", "\\", "/", "C:"), fc.string());
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        const path = segments.join("/");
        if (pathProblem(path) !== undefined) return;
        const inside = relative("/srv/folder", resolve("/srv/folder", path));
        expect(inside.startsWith("..") || isAbsolute(inside) || inside === "").toBe(false);
      }),
    );
  });
});
