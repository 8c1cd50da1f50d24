import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRepo, snapshotDownload, uploadFiles } from "@huggingface/hub";
import { expect, test, vi } from "vitest";
import { startHub } from "./hub-fixture.ts";

test("snapshotDownload by a tag brings the files of that tag", async () => {
  vi.spyOn(console, "debug").mockReturnValue();
  await using hub = await startHub();
  const cacheDir = await mkdtemp(join(tmpdir(), "hub-cache-"));
  try {
    const repo = { type: "space", name: "alice/snapshot" } as const;
    await createRepo({ ...hub.as("alice"), repo });
    const files = (text: string) => [
      { path: "dist/tool.mjs", content: new Blob([text]) },
      { path: "empty", content: new Blob([]) },
    ];
    const made = await uploadFiles({ ...hub.as("alice"), repo, files: files("one") });
    const json = { tag: "v1.0.0" };
    await hub.request("/api/spaces/alice/snapshot/tag/main", { method: "POST", token: "hf_alice", json });
    await uploadFiles({ ...hub.as("alice"), repo, files: files("two") });

    const folder = await snapshotDownload({ ...hub.as("bob"), repo, revision: "v1.0.0", cacheDir });
    expect(folder.endsWith(join("snapshots", made?.commit.oid ?? "none"))).toBe(true);
    expect((await readdir(folder)).sort()).toEqual([".gitattributes", "README.md", "dist", "empty"]);
    expect(await readFile(join(folder, "dist", "tool.mjs"), "utf8")).toBe("one");
    expect(await readFile(join(folder, "empty"), "utf8")).toBe("");
  } finally {
    await rm(cacheDir, { recursive: true, force: true });
  }
});
