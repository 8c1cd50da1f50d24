import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createRepo, uploadFile, whoAmI } from "@huggingface/hub";
import { HubAccounts, type RequestLogEntry } from "@smoltools/hub/server";
import { expect, it } from "vitest";
import { startHub, type TestHub } from "../hub-server/hub-fixture.ts";

/** Everything in the hub's folder that is no git object. */
async function allTexts(root: string): Promise<string> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes("/objects/"));
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "latin1")))).join("\n");
}

async function withToken(hub: TestHub) {
  const accounts = new HubAccounts(hub.root);
  await accounts.addUser("carol");
  const { token, account } = await accounts.createToken({ user: "carol", name: "laptop", role: "write" });
  return { accounts, account, token, access: { hubUrl: hub.url, accessToken: token } };
}

it("no file, no log and no error of the hub ever has a token in it", async () => {
  const requests: RequestLogEntry[] = [];
  await using hub = await startHub({ onRequest: (entry) => requests.push(entry) });
  const { token, access } = await withToken(hub);
  const repo = { type: "space", name: "carol/x" } as const;
  await createRepo({ ...access, repo });
  await uploadFile({ ...access, repo, file: { path: "f", content: new Blob(["f"]) } });
  await uploadFile({
    ...access,
    repo: { ...repo, name: "bob/x" },
    file: { path: "f", content: new Blob(["f"]) },
  }).catch(() => {});
  const answers = [];
  for (const wrong of [token, `${token}x`, `x ${token}`, token.slice(3)]) {
    const response = await hub.request("/api/none", { headers: { Authorization: `Bearer ${wrong}` } });
    answers.push(JSON.stringify([...response.headers]), await response.text());
  }
  await hub.server.close();
  const secret = token.slice(3);
  for (const text of [await allTexts(hub.root), JSON.stringify([requests, hub.failures]), ...answers]) {
    expect(text).not.toContain(secret);
  }
});

it("who reads the folder of the hub cannot sign in with what is there", async () => {
  await using hub = await startHub();
  const { account } = await withToken(hub);
  for (const accessToken of [account.hash, `hf_${account.hash}`, account.id, `hf_${account.id}`]) {
    expect((await hub.request("/api/whoami-v2", { token: accessToken })).status).toBe(401);
  }
});

it("the files with the accounts are for the user of the system that runs the hub alone", async () => {
  await using hub = await startHub();
  const { access } = await withToken(hub);
  await whoAmI(access);
  await hub.server.close();
  const listed = spawnSync("find", [join(hub.root, "accounts"), join(hub.root, "audit"), "-perm", "/077"]);
  expect(listed.stdout.toString()).toBe("");
});

it("a token cannot be turned into one with more rights by what a client sends", async () => {
  await using hub = await startHub();
  const { access } = await withToken(hub);
  const body = {
    name: "x",
    organization: "alice",
    role: "admin",
    createdBy: "alice",
    orgs: ["alice"],
    __proto__: null,
  };
  const response = await fetch(`${hub.url}/api/repos/create`, {
    method: "POST",
    headers: { Authorization: `Bearer ${access.accessToken}`, "X-Forwarded-User": "root", "X-Remote-User": "root" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(403);
});

it("a page of another origin that a browser shows gets nothing that its user did not give it", async () => {
  await using hub = await startHub();
  await withToken(hub);
  const response = await hub.request("/api/whoami-v2", {
    headers: { Origin: "https://evil.example", Cookie: "token=x" },
  });
  expect([response.status, response.headers.get("Access-Control-Allow-Credentials")]).toEqual([401, null]);
  expect(response.headers.get("Set-Cookie")).toBeNull();
});

it("guesses are counted, and end in 429", async () => {
  await using hub = await startHub({ rateLimits: { windowMs: 60_000, user: 100, anonymous: 20 } });
  const statuses = new Set<number>();
  for (let n = 0; n < 30; n++) statuses.add((await hub.request("/api/whoami-v2", { token: `hf_guess${n}` })).status);
  expect([...statuses]).toEqual([401, 429]);
});

it.each([
  ["GET", "/healthz"],
  ["GET", "/readyz"],
  ["POST", `/a/b.git/info/lfs/verify/${"a".repeat(64)}`],
])("guesses are counted at %s %s too, where nobody else is, and do not fill the log", async (method, path) => {
  await using hub = await startHub({ rateLimits: { windowMs: 60_000, user: 100, anonymous: 20 } });
  const statuses = new Set<number>();
  for (let n = 0; n < 30; n++) statuses.add((await hub.request(path, { method, token: `hf_guess${n}` })).status);
  expect([...statuses]).toEqual([401, 429]);
  await hub.server.close();
  expect((await auditLines(hub)).filter((line) => line.includes("sign-in"))).toHaveLength(20);
});

it("signatures that are tried out are counted, and do not fill the log", async () => {
  await using hub = await startHub({ rateLimits: { windowMs: 60_000, user: 100, anonymous: 20 } });
  const path = `/a/b.git/info/lfs/upload/${"a".repeat(64)}?size=1&expires=9999999999999&signature=${"0".repeat(64)}`;
  const statuses = new Set<number>();
  for (let n = 0; n < 30; n++) statuses.add((await hub.request(path, { method: "PUT", body: "x" })).status);
  expect([...statuses]).toEqual([403, 429]);
  await hub.server.close();
  expect((await auditLines(hub)).filter((line) => line.includes("lfs.upload"))).toHaveLength(20);
});

async function auditLines({ root }: TestHub): Promise<string[]> {
  return (await readFile(join(root, "audit", "audit.jsonl"), "utf8")).trimEnd().split("\n");
}
