import { expect, test } from "vitest";
import { checkRepoKey, namespaceProblem, repoPath } from "./repo-key.ts";

test.each(["a", "acme", "A.b_c-1", "0x"])("%j is a good name and namespace", (name) => {
  expect(() => checkRepoKey({ type: "model", namespace: name, name })).not.toThrow();
});

test.each([
  "",
  "-a",
  "a-",
  ".a",
  "a.",
  "a--b",
  "a..b",
  "a/b",
  "a b",
  "ä",
  "a.git",
  "A.GIT",
  "x".repeat(97),
  "..",
  "a\0",
])("%j is refused as a name", (name) => {
  expect(() => checkRepoKey({ type: "model", namespace: "acme", name })).toThrowError(/repo name/);
});

test.each(["api", "models", "datasets", "spaces", "Spaces"])("%s is refused as a namespace", (namespace) => {
  expect(() => checkRepoKey({ type: "model", namespace, name: "x" })).toThrowError(/reserved/);
});

test("an id is at most 96 characters long", () => {
  const key = { type: "model", namespace: "n".repeat(48), name: "m".repeat(48) } as const;
  expect(() => checkRepoKey(key)).toThrowError(/at most 96/);
});

test.each([
  ["model", "acme/w"],
  ["dataset", "datasets/acme/w"],
  ["space", "spaces/acme/w"],
] as const)("the address of a %s is %s", (type, path) => {
  expect(repoPath({ type, namespace: "acme", name: "w" })).toBe(path);
});

test("no namespace is called as the release log calls private repos", () => {
  expect(namespaceProblem("private")).toBe("is a reserved word");
});
