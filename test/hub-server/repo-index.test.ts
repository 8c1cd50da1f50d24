import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRepo, deleteRepo, listModels, uploadFile } from "@huggingface/hub";
import { type HubServer, serveHub } from "@smoltools/hub/server";
import { expect, test } from "vitest";
import { collect, startHub, tokens } from "./hub-fixture.ts";

const model = (name: string) => ({ type: "model", name: `alice/${name}` }) as const;

async function namesOn(url: string, accessToken?: string): Promise<string[]> {
  const found = await collect(listModels({ hubUrl: url, ...(accessToken === undefined ? {} : { accessToken }) }));
  return found.map(({ name }) => name.slice("alice/".length)).sort();
}

const again = (root: string, failures: unknown[] = []): Promise<HubServer> =>
  serveHub({ root, tokens, onFailure: (failure) => failures.push(failure) });

test("what one server of a folder makes, hides and deletes, another one sees", async () => {
  await using hub = await startHub();
  await using other = await again(hub.root);
  await createRepo({ ...hub.as("alice"), repo: model("a") });
  await createRepo({ ...hub.as("alice"), repo: model("b") });
  await expect.poll(() => namesOn(other.url), { timeout: 10_000 }).toEqual(["a", "b"]);
  await hub.request("/api/models/alice/a/settings", { method: "PUT", token: "hf_alice", json: { private: true } });
  // What is hidden is not shown, even where the news has not arrived.
  expect(await namesOn(other.url)).toEqual(["b"]);
  await deleteRepo({ ...hub.as("alice"), repo: model("b") });
  expect(await namesOn(other.url)).toEqual([]);
  await expect.poll(() => namesOn(other.url, "hf_alice"), { timeout: 10_000 }).toEqual(["a"]);
});

test("the next start knows what was there, from its snapshot", async () => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo: model("kept") });
  expect(await namesOn(hub.url)).toEqual(["kept"]);
  await hub.server.close();
  const snapshot = await readFile(join(hub.root, "search", "snapshot.jsonl"), "utf8");
  expect(snapshot.trimEnd().split("\n")).toHaveLength(2);
  await using next = await again(hub.root);
  expect(await namesOn(next.url)).toEqual(["kept"]);
});

test("what happened after the snapshot was written is not missed", async () => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo: model("first") });
  await namesOn(hub.url);
  await hub.server.close();
  const snapshot = await readFile(join(hub.root, "search", "snapshot.jsonl"));
  const between = await again(hub.root);
  const access = { hubUrl: between.url, accessToken: "hf_alice" };
  await createRepo({ ...access, repo: model("second") });
  await uploadFile({ ...access, repo: model("first"), file: { path: "README.md", content: tagged("new-tag") } });
  await namesOn(between.url);
  await between.close();
  // As if that server had been killed before it wrote its own snapshot.
  await writeFile(join(hub.root, "search", "snapshot.jsonl"), snapshot);
  await using next = await again(hub.root);
  expect(await namesOn(next.url)).toEqual(["first", "second"]);
  const found: unknown[] = await (await fetch(`${next.url}/api/models?filter=new-tag`)).json();
  expect(found).toHaveLength(1);
});

test.each([
  ["no snapshot", (path: string) => rm(path)],
  ["half a snapshot", async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 150))],
  ["a snapshot of another form", (path: string) => writeFile(path, '{"version":99}\n{"record":1}\n')],
  ["a snapshot that is none", (path: string) => writeFile(path, "\u0000".repeat(100))],
])("with %s every repo is read anew", async (_, harm) => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo: model("a") });
  await createRepo({ ...hub.as("alice"), repo: model("b") });
  await namesOn(hub.url);
  await hub.server.close();
  await harm(join(hub.root, "search", "snapshot.jsonl"));
  const failures: unknown[] = [];
  await using next = await again(hub.root, failures);
  await expect.poll(() => namesOn(next.url), { timeout: 10_000 }).toEqual(["a", "b"]);
  expect(failures).toEqual([]);
});

test("a repo whose card or manifest is nonsense is listed like any other", async () => {
  await using hub = await startHub();
  await createRepo({ ...hub.as("alice"), repo: model("odd") });
  for (const [path, text] of [
    ["tool.json", "[1,2"],
    ["registry.json", '{"versions":{"__proto__":1}}'],
  ] as const) {
    await uploadFile({ ...hub.as("alice"), repo: model("odd"), file: { path, content: new Blob([text]) } });
  }
  const json = { tag: "v1.0.0" };
  await hub.request("/api/models/alice/odd/tag/main", { method: "POST", token: "hf_alice", json });
  expect(await namesOn(hub.url)).toEqual(["odd"]);
  expect(hub.failures).toEqual([]);
});

function tagged(tag: string): Blob {
  return new Blob([`---\ntags: [${tag}]\n---\n`]);
}
