import { createRepo, uploadFile } from "@huggingface/hub";
import { expect, test } from "vitest";
import { startHub } from "./hub-fixture.ts";

test("50 commits to one branch at once are 50 commits in one line, and git finds nothing wrong", async () => {
  await using hub = await startHub();
  const repo = { type: "space", name: "alice/busy" } as const;
  await createRepo({ ...hub.as("alice"), repo });
  const names = Array.from({ length: 50 }, (_, index) => `dir-${index % 5}/file-${index}`);
  const uploads = names.map((path) =>
    uploadFile({ ...hub.as("alice"), repo, file: { path, content: new Blob([path]) } }),
  );
  const oids = (await Promise.all(uploads)).map((upload) => upload?.commit.oid);

  const history = hub.git("spaces/alice/busy", "rev-list", "main").trim().split("\n");
  expect(new Set(history)).toEqual(new Set([...oids, history.at(-1)]));
  expect(history).toHaveLength(51);
  expect(hub.git("spaces/alice/busy", "rev-list", "--count", "--min-parents=2", "main")).toBe("0\n");
  const files = hub.git("spaces/alice/busy", "ls-tree", "-r", "--name-only", "main").trim().split("\n");
  expect(files.filter((file) => file.startsWith("dir-")).sort()).toEqual(names.sort());
  expect(hub.git("spaces/alice/busy", "fsck", "--strict", "--no-dangling")).toBe("");
});

test("of many commits on the same parent one is made, the others are 412", async () => {
  await using hub = await startHub();
  const repo = { type: "space", name: "alice/race" } as const;
  await createRepo({ ...hub.as("alice"), repo });
  const parentCommit = hub.git("spaces/alice/race", "rev-parse", "main").trim();
  const uploads = Array.from({ length: 10 }, (_, index) =>
    uploadFile({ ...hub.as("alice"), repo, parentCommit, file: { path: `${index}`, content: new Blob([`${index}`]) } }),
  );
  const results = await Promise.allSettled(uploads);
  const codes = results.map((result) => (result.status === "rejected" ? result.reason.statusCode : 200));
  expect(codes.sort()).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
});
