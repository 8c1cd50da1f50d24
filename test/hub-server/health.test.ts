import { rm, writeFile } from "node:fs/promises";
import { createRepo } from "@huggingface/hub";
import { expect, test } from "vitest";
import { startHub, startSlowCommit } from "./hub-fixture.ts";

test("a hub that runs is alive and ready, for anybody", async () => {
  await using hub = await startHub({ allowAnonymousRead: false });
  expect(await (await hub.request("/healthz")).json()).toEqual({ status: "ok" });
  const ready = await hub.request("/readyz");
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: "ready", checks: { running: true, index: true, storage: true } },
  ]);
});

test("a hub that cannot write to its folder is alive but not ready", async () => {
  await using hub = await startHub();
  await rm(hub.root, { recursive: true });
  await writeFile(hub.root, "");
  expect((await hub.request("/healthz")).status).toBe(200);
  const ready = await hub.request("/readyz");
  expect([ready.status, (await ready.json()).checks.storage]).toEqual([503, false]);
  expect(hub.failures[0]?.error).toMatchObject({ message: expect.stringContaining("cannot be written") });
});

test("a hub that shuts down finishes what runs, and takes nothing new", async () => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo: { type: "model", name: "alice/x" } });
  const slow = await startSlowCommit(hub, "models/alice/x", "f");
  const closing = hub.server.close();
  await expect(fetch(`${hub.url}/readyz`)).rejects.toThrow("fetch failed");
  slow.finish();
  expect(await slow.status).toBe(200);
  await closing;
});
