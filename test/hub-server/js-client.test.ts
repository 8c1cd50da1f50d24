import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkRepoAccess,
  commitIter,
  createRepo,
  datasetInfo,
  deleteFiles,
  downloadFileToCacheDir,
  listDatasets,
  listFiles,
  listSpaces,
  parseSafetensorsMetadata,
  uploadFile,
  uploadFiles,
} from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, startHub, type TestHub } from "./hub-fixture.ts";

// What the official JavaScript client can do beside what the other files of this folder show.

const repo = { type: "dataset", name: "alice/data" } as const;
let hub: TestHub;
let cacheDir: string;
beforeAll(async () => {
  hub = await startHub();
  cacheDir = await mkdtemp(join(tmpdir(), "hub-js-cache-"));
  await createRepo({ ...hub.as("alice"), repo, license: "mit" });
  const files = ["a", "b", "c", "d"].map((path) => ({ path, content: new Blob([path]) }));
  await uploadFiles({ ...hub.as("alice"), repo, files });
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(cacheDir, { recursive: true, force: true });
});

test("checkRepoAccess is silent for what one may see, and fails for what one may not", async () => {
  const hidden = { type: "model", name: "alice/hidden" } as const;
  await createRepo({ ...hub.as("alice"), repo: hidden, visibility: "private" });
  await checkRepoAccess({ ...hub.as("bob"), repo });
  await expect(checkRepoAccess({ ...hub.as("bob"), repo: hidden })).rejects.toMatchObject({ statusCode: 404 });
  await expect(checkRepoAccess({ hubUrl: hub.url, repo: hidden })).rejects.toMatchObject({ statusCode: 401 });
});

test("datasetInfo and listDatasets tell of a dataset", async () => {
  const info = await datasetInfo({ ...hub.as("bob"), name: repo.name, additionalFields: ["tags", "sha", "author"] });
  expect(info).toMatchObject({ name: repo.name, private: false, author: "alice", tags: ["license:mit"] });
  const listed = await collect(listDatasets({ hubUrl: hub.url, search: { owner: "alice", tags: ["license:mit"] } }));
  expect(listed.map(({ name }) => name)).toEqual([repo.name]);
});

test("deleteFiles removes several files in one commit", async () => {
  const made = await deleteFiles({ ...hub.as("alice"), repo, paths: ["a", "b"] });
  expect(hub.git("datasets/alice/data", "show", "--format=", "--name-status", made?.commit.oid ?? "")).toBe(
    "D\ta\nD\tb\n",
  );
});

test("commitIter tells of its progress and gives the commit", async () => {
  const operations = [{ operation: "addOrUpdate", path: "iter", content: new Blob(["iter"]) }] as const;
  const steps = commitIter({ ...hub.as("alice"), repo, title: "Iterate", operations: [...operations] });
  const phases = new Set<string>();
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) if (step.value.event === "phase") phases.add(step.value.phase);
  expect(step.value?.commit.oid).toBe(hub.git("datasets/alice/data", "rev-parse", "main").trim());
  expect([...phases]).toContain("committing");
});

test("an edited file is uploaded as what it became", async () => {
  await uploadFile({ ...hub.as("alice"), repo, file: { path: "edited", content: new Blob(["0123456789"]) } });
  const edits = [{ start: 2, end: 4, content: new Blob(["xyz"]) }];
  const operation = { operation: "edit", path: "edited", originalContent: new Blob(["0123456789"]), edits } as const;
  const steps = commitIter({
    ...hub.as("alice"),
    repo,
    title: "Edit",
    operations: [{ ...operation, edits: [...edits] }],
  });
  while (!(await steps.next()).done);
  expect(hub.git("datasets/alice/data", "show", "main:edited")).toBe("01xyz456789");
});

test("downloadFileToCacheDir fills the cache that both clients share", async () => {
  const path = await downloadFileToCacheDir({ ...hub.as("bob"), repo, path: "c", cacheDir });
  expect(await readFile(path, "utf8")).toBe("c");
  const blob = hub.git("datasets/alice/data", "rev-parse", "main:c").trim();
  expect(await readFile(join(cacheDir, "datasets--alice--data", "blobs", blob), "utf8")).toBe("c");
});

test("listSpaces goes on over more than one page, whatever the order", async () => {
  const names = Array.from({ length: 6 }, (_, index) => `alice/page-${index}`);
  for (const name of names) await createRepo({ ...hub.as("alice"), repo: { type: "space", name } });
  for (const query of ["sort=id", "sort=createdAt&direction=1", "sort=lastModified", "sort=likes"]) {
    const seen: string[] = [];
    let url: string | undefined = `${hub.url}/api/spaces?author=alice&limit=4&${query}`;
    while (url) {
      const page: Response = await fetch(url);
      seen.push(...(await page.json()).map(({ id }: { id: string }) => id));
      url = /<(.+)>; rel="next"/.exec(page.headers.get("Link") ?? "")?.[1];
    }
    expect(seen.sort()).toEqual(names);
  }
  const found = await collect(
    listSpaces({ hubUrl: hub.url, search: { query: "page-3" }, additionalFields: ["runtime"] }),
  );
  expect(found).toMatchObject([{ name: "alice/page-3", sdk: "static", runtime: { stage: "NO_APP_FILE" } }]);
});

test("the header of a safetensors file is read without the rest of it", async () => {
  const header = JSON.stringify({ weight: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] } });
  const bytes = new Uint8Array(8 + header.length + 24);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(new TextEncoder().encode(header), 8);
  const model = { type: "model", name: "alice/weights" } as const;
  await createRepo({ ...hub.as("alice"), repo: model });
  await uploadFile({
    ...hub.as("alice"),
    repo: model,
    file: { path: "model.safetensors", content: new Blob([bytes]) },
  });
  const parsed = await parseSafetensorsMetadata({ ...hub.as("bob"), repo: model, computeParametersCount: true });
  expect(parsed).toMatchObject({ sharded: false, parameterCount: { F32: 6 } });
});

test("listFiles of a folder with a thousand files and more has all of them", async () => {
  const many = { type: "model", name: "alice/many" } as const;
  await createRepo({ ...hub.as("alice"), repo: many });
  const files = Array.from({ length: 1_100 }, (_, index) => ({ path: `f/${index}`, content: new Blob([`${index}`]) }));
  await uploadFiles({ ...hub.as("alice"), repo: many, files });
  expect(await collect(listFiles({ ...hub.as("bob"), repo: many, path: "f" }))).toHaveLength(1_100);
  expect(hub.failures).toEqual([]);
});
