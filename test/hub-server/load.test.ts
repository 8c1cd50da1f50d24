import { openAsBlob } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRepo, downloadFile, uploadFiles } from "@huggingface/hub";
import { verifyStorage } from "@smoltools/hub/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runLoad } from "../load/hub-load.ts";
import { startChild } from "./child-hub.ts";

const megabyte = 1024 * 1024;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "hub-load-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

// The figures of the full one, with 50 publishers and 200 readers, come from test/load/main.ts.
test("many publish and many more read at once: all is there, in bounded memory", { timeout: 120_000 }, async () => {
  const hub = await startChild(root);
  const options = { publishers: 12, versions: 2, readers: 48, largeBytes: megabyte };
  const report = await runLoad(hub, options);
  await hub[Symbol.asyncDispose]();
  expect(report.publish.count).toBe(24);
  expect(report.read.count).toBeGreaterThan(48);
  expect(report.memory.peak).toBeLessThan(600 * megabyte);
  expect(await verifyStorage(root)).toMatchObject({ repos: 12, commits: 36, releases: 24, problems: [] });
});

test("a file of 200 MB goes in and out in a fraction of its size", { timeout: 120_000 }, async () => {
  await using hub = await startChild(root);
  const to = { hubUrl: hub.url, accessToken: "hf_alice", repo: { type: "model", name: "alice/big" } } as const;
  await createRepo(to);
  const path = join(root, "..", `${root.split("/").at(-1)}.bin`);
  const size = 200 * megabyte;
  try {
    await using file = await open(path, "w");
    await file.truncate(size);
    await file.write("not only zeros", size / 2);
    const before = (await hub.memory()).now;
    await uploadFiles({ ...to, files: [{ path: "big.bin", content: await openAsBlob(path) }] });
    const blob = await downloadFile({ ...to, path: "big.bin" });
    const [sent, received] = [createHash("sha256"), createHash("sha256")];
    for await (const chunk of (await openAsBlob(path)).stream()) sent.update(chunk);
    for await (const chunk of blob?.stream() ?? []) received.update(chunk);
    expect(received.digest("hex")).toBe(sent.digest("hex"));
    expect((await hub.memory()).peak - before).toBeLessThan(size / 1.5);
  } finally {
    await rm(path, { force: true });
  }
});
