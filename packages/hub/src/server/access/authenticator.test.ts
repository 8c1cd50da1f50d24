import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HubAccounts, type NewToken } from "../accounts/accounts.ts";
import { LastUsed } from "../accounts/last-used.ts";
import { Authenticator } from "./authenticator.ts";
import { TokenRegistry } from "./token-registry.ts";

let root: string;
let accounts: HubAccounts;
let authenticator: Authenticator;
let failures: unknown[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "hub-authenticator-"));
  accounts = new HubAccounts(root);
  // A test that ended may still be noting: what fails of it is not the next one's.
  const own: unknown[] = [];
  failures = own;
  const fixed = new TokenRegistry([{ token: "hf_fixed", user: "robot", role: "write" }]);
  authenticator = new Authenticator(fixed, accounts, new LastUsed(root), (error) => own.push(error));
  await accounts.addUser("alice");
  await accounts.addOrg("acme");
  await accounts.addOrg("readers");
  await accounts.setMember("acme", "alice", "write");
  await accounts.setMember("readers", "alice", "read");
});
afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));

const tokenOf = async (more: Partial<NewToken> = {}) =>
  accounts.createToken({ user: "alice", name: "laptop", role: "write", ...more });

test("a token of the options and one of the accounts both lead to their users", async () => {
  const { token, account } = await tokenOf();
  expect(await authenticator.find("hf_fixed")).toMatchObject({ name: "robot", role: "write" });
  expect(await authenticator.find(token)).toEqual({
    name: "alice",
    role: "write",
    orgs: ["acme", "readers"],
    readOnlyOrgs: ["readers"],
    token: { id: account.id, name: "laptop", createdAt: account.createdAt },
  });
});

test.each(["hf_", "", "hf_unknown", "x".repeat(100_000)])("a token that is none leads to nobody", async (token) => {
  await tokenOf();
  expect(await authenticator.find(token)).toBeUndefined();
});

test("the hash of a token is no token", async () => {
  const { account } = await tokenOf();
  expect(await authenticator.find(account.hash)).toBeUndefined();
  expect(await authenticator.find(account.id)).toBeUndefined();
});

test("a token that is over leads to nobody", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    const { token } = await tokenOf({ expiresAt: new Date(Date.now() + 60_000) });
    expect(await authenticator.find(token)).toBeDefined();
    vi.setSystemTime(Date.now() + 60_001);
    expect(await authenticator.find(token)).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

test("a revoked token, and one of a removed user, lead to nobody from then on", async () => {
  const first = await tokenOf();
  const second = await tokenOf();
  expect(await authenticator.find(first.token)).toBeDefined();
  await accounts.revokeToken(first.account.id);
  expect(await authenticator.find(first.token)).toBeUndefined();
  await accounts.removeUser("alice");
  expect(await authenticator.find(second.token)).toBeUndefined();
});

test("an admin's token is one as long as its user is an admin", async () => {
  await accounts.setUserRole("alice", "admin");
  const { token } = await tokenOf({ role: "admin" });
  expect((await authenticator.find(token))?.role).toBe("admin");
  await accounts.setUserRole("alice", "member");
  expect((await authenticator.find(token))?.role).toBe("write");
});

test("a scope goes along with the token", async () => {
  const { token } = await tokenOf({ namespaces: ["acme"] });
  expect((await authenticator.find(token))?.scope).toEqual(["acme"]);
});

test("the day of the last use is noted, and nothing else of it", async () => {
  const { token, account } = await tokenOf();
  await authenticator.find(token);
  await expect.poll(() => new LastUsed(root).read(), { timeout: 10_000 }).toEqual(new Map([[account.id, today()]]));
  expect(failures).toEqual([]);
});

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
