import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Names that later versions of Node.js have, and 20.19 has not. What the compiler writes in another way is not here. */
const newerNames = [
  "(?:Async)?DisposableStack",
  "SuppressedError",
  "Promise\\.(?:withResolvers|try)",
  "Array\\.fromAsync",
  "Iterator\\.(?:from|concat|prototype)",
  "RegExp\\.escape",
  "Error\\.isError",
  "Math\\.(?:f16round|sumPrecise)",
  "Atomics\\.(?:waitAsync|pause)",
  "Uint8Array\\.(?:fromBase64|fromHex)",
  "(?:Map|Object)\\.groupBy",
  "new (?:WebSocket|EventSource|CloseEvent|URLPattern)\\(",
  "import\\.meta\\.main",
  "registerHooks\\(",
  "stripTypeScriptTypes\\(",
];

/** Methods, of sets, bytes and iterators. */
const newerMethods = [
  "union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom",
  "setFromBase64|setFromHex|toHex",
];

/** Imports. */
const newerImports = [
  'import \\{[^}]*\\bglob(?:Sync)?\\b[^}]*\\} from "node:fs',
  "import \\{[^}]*\\bregisterHooks\\b",
  'from "node:(?:sqlite|sea)"',
];
const pattern = new RegExp(
  `(?<![\\w.$"])(?:${newerNames.join("|")})|\\.(?:${newerMethods.join("|")})\\(|${newerImports.join("|")}`,
);

/** A line without what is said in comments and texts. */
const codeOf = (line: string): string => line.replace(/^\s*(?:\*|\/\/|\/\*).*$/, "").replaceAll(/`[^`]*`|'[^']*'/g, "");

it.each(["await Array.fromAsync(pages)", "new AsyncDisposableStack()", "known.union(more)"])("finds %s", (code) => {
  expect(pattern.test(codeOf(code))).toBe(true);
});

// The packages run on Node.js 20.19, and what they import is checked there by `pnpm test:packages`: but that runs
// only a part of their lines.
it("no package uses what Node.js 20.19 lacks", () => {
  // Tests run on the newest version, guests on that of their engine.
  const elsewhere = /\.test\.|\/test-|\/guest\/|\/testing\/hostile\//;
  const sources = globSync("packages/*/src/**/*.{ts,js,mjs}").filter((path) => !elsewhere.test(path));
  const found = sources.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) => (pattern.test(codeOf(line)) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});
