import { createRepo, repoExists, uploadFile, whoAmI } from "@huggingface/hub";
import { HubAccounts, type NewToken, serveHub } from "@smoltools/hub/server";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./hub-fixture.ts";

let hub: TestHub;
let accounts: HubAccounts;
beforeAll(async () => {
  hub = await startHub({ tokens: [] });
  accounts = new HubAccounts(hub.root);
  await accounts.addUser("alice");
  await accounts.addUser("boss", "admin");
  for (const org of ["acme", "partners"]) await accounts.addOrg(org);
  await accounts.setMember("acme", "alice", "write");
  await accounts.setMember("partners", "alice", "read");
});
afterAll(() => hub[Symbol.asyncDispose]());

/** The address and a new token, as the client's functions take them. */
async function as(user: string, more: Partial<NewToken> = {}) {
  const { token, account } = await accounts.createToken({ user, name: "laptop", role: "write", ...more });
  return { hubUrl: hub.url, accessToken: token, id: account.id };
}

test("a token that was made beside the running hub is good at once, and whoAmI tells whose it is", async () => {
  expect(await whoAmI(await as("alice", { name: "ci" }))).toMatchObject({
    name: "alice",
    orgs: [{ name: "acme" }, { name: "partners" }],
    auth: { type: "access_token", accessToken: { displayName: "ci", role: "write", createdAt: expect.any(Date) } },
  });
});

test.each([
  ["alice", {}, "alice/own", 200],
  ["alice", {}, "acme/shared", 200],
  ["alice", {}, "partners/theirs", 403],
  ["alice", {}, "bob/theirs", 403],
  ["alice", { role: "read" }, "alice/read-only", 403],
  ["alice", { namespaces: ["acme"] }, "acme/scoped", 200],
  ["alice", { namespaces: ["acme"] }, "alice/out-of-scope", 403],
  ["boss", { role: "write" }, "acme/as-write", 403],
  ["boss", { role: "admin" }, "acme/as-admin", 200],
] as const)("%s with a token %j makes %s: %i", async (user, more, name, status) => {
  const { accessToken } = await as(user, more);
  const [organization, own] = name.split("/");
  const json = { type: "model", organization, name: own };
  const made = await hub.request("/api/repos/create", { method: "POST", token: accessToken, json });
  expect(made.status).toBe(status);
});

test("members see what is private to their organization, with read or write, and others do not", async () => {
  const admin = await as("boss", { role: "admin" });
  const repo = { type: "space", name: "partners/secret" } as const;
  await createRepo({ ...admin, repo, visibility: "private" });
  const seen = async (user: string, more: Partial<NewToken> = {}) => repoExists({ ...(await as(user, more)), repo });
  expect(await seen("alice")).toBe(true);
  expect(await seen("alice", { namespaces: ["acme"] })).toBe(false);
  expect(await seen("boss", { role: "read" })).toBe(false);
  expect(await repoExists({ hubUrl: hub.url, repo })).toBe(false);
  const file = { path: "f", content: new Blob(["f"]) };
  await expect(uploadFile({ ...(await as("alice")), repo, file })).rejects.toMatchObject({ statusCode: 403 });
});

test("a revoked token is refused from the next request on", async () => {
  const access = await as("alice");
  await whoAmI(access);
  await accounts.revokeToken(access.id);
  await expect(whoAmI(access)).rejects.toMatchObject({ statusCode: 401 });
});

test("accounts that cannot be read let nobody in, and the hub says why to whoever runs it", async () => {
  await using broken = await startHub({ tokens: [{ token: "hf_alice", user: "alice", role: "write" }] });
  const own = new HubAccounts(broken.root);
  await own.addUser("bob");
  const { token } = await own.createToken({ user: "bob", name: "x", role: "write" });
  await writeFile(join(broken.root, "accounts", "accounts.json"), "{}");
  expect((await broken.request("/api/whoami-v2", { token })).status).toBe(500);
  expect(broken.failures).toMatchObject([{ error: { code: "HUB_STORAGE_BROKEN" } }]);
  // Reading needs no account, and the tokens of the options are no accounts.
  expect((await broken.request("/api/models")).status).toBe(200);
  expect((await broken.request("/api/whoami-v2", { token: "hf_alice" })).status).toBe(200);
});

test("a hub whose folder has tokens may be reached from other machines", async () => {
  const root = await mkdtemp(join(tmpdir(), "hub-reachable-"));
  try {
    const options = { root, host: "0.0.0.0", publicUrl: "http://127.0.0.1:1" };
    await expect(serveHub(options)).rejects.toMatchObject({ code: "HUB_BAD_OPTIONS" });
    const own = new HubAccounts(root);
    await own.addUser("alice");
    await own.createToken({ user: "alice", name: "x", role: "read" });
    await (await serveHub(options)).close();
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
