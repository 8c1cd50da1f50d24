import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HubAccounts } from "./accounts.ts";

let root: string;
let accounts: HubAccounts;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "hub-accounts-"));
  accounts = new HubAccounts(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const file = () => join(root, "accounts", "accounts.json");

test("a new hub has no accounts", async () => {
  expect(await accounts.read()).toEqual({ schemaVersion: 1, users: [], orgs: [], tokens: [] });
});

test("the file holds no token, only its hash, and is for its owner alone", async () => {
  await accounts.addUser("alice");
  const { token, account } = await accounts.createToken({ user: "alice", name: "laptop", role: "write" });
  const text = await readFile(file(), "utf8");
  expect(token).toMatch(/^hf_[A-Za-z0-9]{43}$/);
  expect(text).not.toContain(token.slice(3));
  expect(text).toContain(account.hash);
  expect(Object.values(account)).not.toContain(token);
  expect((await stat(file())).mode & 0o077).toBe(0);
});

test("no two tokens are the same", async () => {
  await accounts.addUser("alice");
  const made = [];
  for (let n = 0; n < 20; n++) {
    made.push((await accounts.createToken({ user: "alice", name: `${n}`, role: "read" })).token);
  }
  expect(new Set(made).size).toBe(20);
});

test("what one process changes, another one reads at once", async () => {
  const other = new HubAccounts(root);
  expect((await other.read()).users).toEqual([]);
  await accounts.addUser("alice");
  expect((await other.read()).users).toMatchObject([{ name: "alice", role: "member" }]);
  await accounts.setUserRole("alice", "admin");
  expect((await other.read()).users).toMatchObject([{ name: "alice", role: "admin" }]);
});

test("of many changes at once by two of them none is lost", async () => {
  const other = new HubAccounts(root);
  const names = Array.from({ length: 20 }, (_, n) => `user-${n}`);
  await Promise.all(names.map((name, n) => (n % 2 ? accounts : other).addUser(name)));
  expect((await accounts.read()).users.map(({ name }) => name).sort()).toEqual([...names].sort());
});

test("a removed user leaves no token and no membership", async () => {
  await accounts.addUser("alice");
  await accounts.addOrg("acme");
  await accounts.setMember("acme", "alice", "write");
  await accounts.createToken({ user: "alice", name: "laptop", role: "write" });
  await accounts.removeUser("alice");
  expect(await accounts.read()).toMatchObject({ users: [], orgs: [{ name: "acme", members: [] }], tokens: [] });
});

test.each(["addUser", "addOrg"] as const)(
  "the name of somebody who was removed is taken over by %s on purpose only",
  async (add) => {
    await accounts.addUser("alice");
    await accounts.removeUser("alice");
    await expect(accounts[add]("Alice")).rejects.toMatchObject({ code: "HUB_ALREADY_EXISTS" });
    const taken =
      add === "addUser"
        ? accounts.addUser("Alice", "member", { takeOver: true })
        : accounts.addOrg("Alice", { takeOver: true });
    await expect(taken).resolves.toMatchObject({ name: "Alice" });
    await expect(accounts[add]("bob")).resolves.toMatchObject({ name: "bob" });
  },
);

test("the name of an organization that was removed is kept as well", async () => {
  await accounts.addOrg("acme");
  await accounts.removeOrg("acme");
  await expect(accounts.addUser("acme")).rejects.toThrow("--take-over");
});

test("a member has one role, which can be changed and taken away", async () => {
  await accounts.addUser("alice");
  await accounts.addOrg("acme");
  await accounts.setMember("acme", "alice", "read");
  await accounts.setMember("acme", "alice", "write");
  expect((await accounts.read()).orgs[0]?.members).toEqual([{ user: "alice", role: "write" }]);
  await accounts.setMember("acme", "alice", undefined);
  expect((await accounts.read()).orgs[0]?.members).toEqual([]);
});

test("a revoked token is gone, by its id", async () => {
  await accounts.addUser("alice");
  const { account } = await accounts.createToken({ user: "alice", name: "laptop", role: "write" });
  expect(await accounts.revokeToken(account.id)).toMatchObject({ name: "laptop" });
  expect((await accounts.read()).tokens).toEqual([]);
});

test.each<[string, (hub: HubAccounts) => Promise<unknown>, string]>([
  ["a bad name", (hub) => hub.addUser("../x"), "HUB_BAD_REQUEST"],
  ["a reserved name", (hub) => hub.addOrg("api"), "HUB_BAD_REQUEST"],
  ["the name of a user", (hub) => hub.addOrg("Alice"), "HUB_ALREADY_EXISTS"],
  ["an unknown user", (hub) => hub.removeUser("bob"), "HUB_ACCOUNT_NOT_FOUND"],
  ["a name that every object has", (hub) => hub.removeUser("constructor"), "HUB_ACCOUNT_NOT_FOUND"],
  ["a member of an unknown organization", (hub) => hub.setMember("acme", "alice", "read"), "HUB_ACCOUNT_NOT_FOUND"],
  ["an unknown token", (hub) => hub.revokeToken("000000000000"), "HUB_ACCOUNT_NOT_FOUND"],
  [
    "an admin's token of a member",
    (hub) => hub.createToken({ user: "alice", name: "x", role: "admin" }),
    "HUB_BAD_REQUEST",
  ],
  ["a token without a name", (hub) => hub.createToken({ user: "alice", name: " ", role: "read" }), "HUB_BAD_REQUEST"],
  [
    "a token for a namespace that is none",
    (hub) => hub.createToken({ user: "alice", name: "x", role: "read", namespaces: ["a/b"] }),
    "HUB_BAD_REQUEST",
  ],
  [
    "a token that has ended",
    (hub) => hub.createToken({ user: "alice", name: "x", role: "read", expiresAt: new Date(0) }),
    "HUB_BAD_REQUEST",
  ],
  [
    "a token that ends at no time",
    (hub) => hub.createToken({ user: "alice", name: "x", role: "read", expiresAt: new Date(Number.NaN) }),
    "HUB_BAD_REQUEST",
  ],
])("%s is refused, and nothing changes", async (_, act, code) => {
  await accounts.addUser("alice");
  const before = await readFile(file(), "utf8");
  await expect(act(accounts)).rejects.toMatchObject({ code });
  expect(await readFile(file(), "utf8")).toBe(before);
});

test.each([
  ["no JSON", "{"],
  ["another version", '{"schemaVersion":2,"users":[],"orgs":[],"tokens":[]}'],
  ["a role that is none", '{"schemaVersion":1,"users":[{"name":"alice","role":"god"}],"orgs":[],"tokens":[]}'],
  [
    "an end that is no time",
    `{"schemaVersion":1,"users":[],"orgs":[],"tokens":[{"id":"a","hash":"${"0".repeat(64)}","user":"alice",
      "name":"x","role":"read","expiresAt":"soon"}]}`,
  ],
])("a file with %s lets nobody in, and is not written over", async (_, text) => {
  await accounts.addUser("alice");
  await writeFile(file(), text);
  await expect(accounts.read()).rejects.toMatchObject({ code: "HUB_STORAGE_BROKEN" });
  await expect(accounts.addUser("bob")).rejects.toMatchObject({ code: "HUB_STORAGE_BROKEN" });
  expect(await readFile(file(), "utf8")).toBe(text);
});
