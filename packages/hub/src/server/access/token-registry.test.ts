import { inspect } from "node:util";
import { expect, test } from "vitest";
import { TokenRegistry } from "./token-registry.ts";

test("a token leads to its user", () => {
  const tokens = new TokenRegistry([
    { token: "hf_a", user: "alice", role: "write", orgs: ["acme"] },
    { token: "hf_b", user: "bob", role: "read" },
  ]);
  expect(tokens.find("hf_a")).toEqual({ name: "alice", role: "write", orgs: ["acme"] });
  expect(tokens.find("hf_b")).toEqual({ name: "bob", role: "read", orgs: [] });
  expect(tokens.find("hf_")).toBeUndefined();
});

test("no dump of the registry shows a token", () => {
  const tokens = new TokenRegistry([{ token: "hf_secret", user: "alice", role: "write" }]);
  expect(inspect(tokens, { depth: 9, showHidden: true })).not.toContain("hf_secret");
});

test.each([
  ["a token without hf_", { token: "secret", user: "alice", role: "write" }],
  ["a token with a space", { token: "hf_a b", user: "alice", role: "write" }],
  ["a bad user name", { token: "hf_secret", user: "../x", role: "write" }],
  ["a reserved user name", { token: "hf_secret", user: "api", role: "write" }],
  ["a bad org", { token: "hf_secret", user: "alice", role: "write", orgs: [""] }],
] as const)("%s is refused, and not repeated in the error", (_, token) => {
  const make = () => new TokenRegistry([token]);
  expect(make).toThrowError(expect.objectContaining({ code: "HUB_BAD_OPTIONS" }));
  expect(make).not.toThrowError(/secret/);
});

test("the same token for two users is refused", () => {
  const token = "hf_same";
  const make = () =>
    new TokenRegistry([
      { token, user: "alice", role: "write" },
      { token, user: "bob", role: "read" },
    ]);
  expect(make).toThrowError(/given twice/);
});
