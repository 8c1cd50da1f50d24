import { createRepo, whoAmI } from "@huggingface/hub";
import { expect, test } from "vitest";
import { startHub, startSlowCommit } from "./hub-fixture.ts";

const repo = { type: "model", name: "alice/closing" } as const;

test("a closed hub answers nothing, though connections were kept open", async () => {
  await using hub = await startHub();
  await whoAmI(hub.as("alice"));
  await hub.server.close();
  await expect(fetch(hub.url)).rejects.toThrow("fetch failed");
});

test("closing twice is closing once", async () => {
  await using hub = await startHub();
  expect(hub.server.close()).toBe(hub.server.close());
});

test("a request that runs is finished first", async () => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo });
  const slow = await startSlowCommit(hub, "models/alice/closing", "f");
  const closing = hub.server.close();
  slow.finish();
  expect(await slow.status).toBe(200);
  await closing;
  expect(hub.git("models/alice/closing", "ls-tree", "--name-only", "main")).toContain("f\n");
});

test("a request that does not end is cut off after the limit, and so are those that wait for it", async () => {
  await using hub = await startHub({ limits: { closeTimeoutMs: 50, maxConcurrentCommits: 1 } });
  await createRepo({ ...hub.as("alice"), repo });
  const slow = await startSlowCommit(hub, "models/alice/closing", "f");
  const waiting = await startSlowCommit(hub, "models/alice/closing", "g");
  await hub.server.close();
  await expect(slow.status).rejects.toThrow("socket hang up");
  await expect(waiting.status).rejects.toThrow("socket hang up");
  expect(hub.git("models/alice/closing", "rev-list", "--count", "main")).toBe("1\n");
  expect(hub.failures).toEqual([]);
});
