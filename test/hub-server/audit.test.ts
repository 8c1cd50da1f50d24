import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createRepo, deleteRepo, listFiles, uploadFile } from "@huggingface/hub";
import { HubAccounts, type RequestLogEntry } from "@smoltools/hub/server";
import { expect, test } from "vitest";
import { collect, startHub, type TestHub } from "./hub-fixture.ts";

async function auditOf(hub: TestHub): Promise<Record<string, unknown>[]> {
  await hub.server.close();
  const text = await readFile(join(hub.root, "audit", "audit.jsonl"), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const repo = { type: "space", name: "alice/audited" } as const;

test("who changes what is written down, with the result and the id of the request", async () => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "f", content: new Blob(["f"]) } });
  const tag = await hub.request("/api/spaces/alice/audited/tag/main", {
    method: "POST",
    token: "hf_alice",
    json: { tag: "v1.0.0", message: "first" },
  });
  await collect(listFiles({ ...hub.as("alice"), repo }));
  await expect(deleteRepo({ ...hub.as("bob"), repo })).rejects.toMatchObject({ statusCode: 403 });
  const audit = await auditOf(hub);
  expect(audit).toMatchObject([
    { action: "repo.create", user: "alice", target: "spaces/alice/audited", result: "ok", from: "127.0.0.1" },
    { action: "commit", user: "alice", target: "spaces/alice/audited", result: "ok" },
    {
      action: "tag.create",
      result: "ok",
      status: 200,
      request: tag.headers.get("X-Request-Id"),
      facts: { tag: "v1.0.0", commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
    },
    {
      action: "repo.delete",
      user: "bob",
      result: "refused",
      status: 403,
      error: expect.stringContaining("bob may not"),
    },
  ]);
});

test("a wrong token is written down, but not the token", async () => {
  await using hub = await startHub();
  await hub.request("/api/models", { token: "hf_wrongwrongwrong" });
  const audit = await auditOf(hub);
  expect(audit).toMatchObject([{ action: "sign-in", user: null, result: "refused", status: 401 }]);
  expect(JSON.stringify(audit)).not.toContain("wrongwrong");
});

test("a token of an account is named by its id", async () => {
  await using hub = await startHub();
  const accounts = new HubAccounts(hub.root);
  await accounts.addUser("carol");
  const { token, account } = await accounts.createToken({ user: "carol", name: "x", role: "write" });
  await createRepo({ hubUrl: hub.url, accessToken: token, repo: { type: "model", name: "carol/x" } });
  const audit = await auditOf(hub);
  expect(audit).toMatchObject([{ user: "carol", token: account.id }]);
  expect(JSON.stringify(audit)).not.toContain(token);
});

test("every request is told to whoever runs the hub, without its query", async () => {
  const seen: RequestLogEntry[] = [];
  await using hub = await startHub({ onRequest: (entry) => seen.push(entry) });
  await hub.request("/api/models?search=secret", { token: "hf_alice" });
  await hub.request("/none");
  expect(seen).toMatchObject([
    { method: "GET", path: "/api/models", status: 200, user: "alice", address: "127.0.0.1" },
    { method: "GET", path: "/none", status: 404, user: null },
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/secret|hf_/);
});
