import { createCollection, createRepo, deleteCollection, listCollections } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, startHub, type TestHub } from "./hub-fixture.ts";

interface CollectionJson {
  slug: string;
  title: string;
  private: boolean;
  position: number;
  items: { _id: string; id: string; type: string; position: number; note?: { text: string }; slug?: string }[];
}

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
  for (const name of ["one", "two", "three"]) {
    await createRepo({ ...hub.as("alice"), repo: { type: "space", name: `acme/${name}` } });
  }
  await createRepo({ ...hub.as("alice"), repo: { type: "model", name: "acme/model" } });
  await createRepo({
    ...hub.as("alice"),
    repo: { type: "space", name: "alice/hidden" },
    visibility: "private",
  });
});
afterAll(() => hub[Symbol.asyncDispose]());

const api = async (method: string, path: string, json?: object, token: string | undefined = "hf_alice") => {
  const response = await hub.request(`/api/collections${path}`, { method, token, json });
  return { status: response.status, body: await response.json() };
};
const create = async (title: string, more: object = {}): Promise<CollectionJson> =>
  (await api("POST", "", { title, namespace: "acme", ...more })).body;
const read = async (slug: string, token?: string): Promise<CollectionJson> =>
  (await hub.request(`/api/collections/${slug}`, token === undefined ? {} : { token })).json();
const add = (slug: string, type: string, id: string, note?: string) =>
  api("POST", `/${slug}/items`, { item: { type, id }, note });

test("a collection is made, found, changed and deleted", async () => {
  const { slug } = await createCollection({
    ...hub.as("alice"),
    collection: { title: "Wéather & Tools!", namespace: "acme", description: "About rain" },
  });
  expect(slug).toMatch(/^acme\/weather-tools-[0-9a-f]{24}$/);
  expect(await read(slug)).toMatchObject({ title: "Wéather & Tools!", description: "About rain", items: [] });
  const changed = await api("PATCH", `/${slug}`, { title: "Rain", theme: "green", private: true, position: 3 });
  expect(changed).toMatchObject({ status: 200, body: { success: true, data: { slug, title: "Rain", private: true } } });
  expect((await hub.request(`/api/collections/${slug}`)).status).toBe(404);
  await deleteCollection({ ...hub.as("alice"), slug });
  expect((await hub.request(`/api/collections/${slug}`, { token: "hf_alice" })).status).toBe(404);
});

test("a second collection of the same title is 409 with the slug of the first", async () => {
  const { slug } = await create("Twice");
  expect(await api("POST", "", { title: "Twice", namespace: "acme" })).toMatchObject({ status: 409, body: { slug } });
});

test("of many that make the same collection at once, one does", async () => {
  const made = await Promise.all(
    Array.from({ length: 6 }, () => api("POST", "", { title: "Race", namespace: "acme" })),
  );
  expect(made.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
});

test("items are added once each, keep their order, are moved, noted and removed", async () => {
  const { slug } = await create("Items");
  for (const name of ["one", "two", "three"]) expect((await add(slug, "space", `acme/${name}`)).status).toBe(200);
  expect((await add(slug, "space", "acme/one")).status).toBe(409);
  expect((await add(slug, "model", "acme/model", "a <b>model</b>")).status).toBe(200);
  const { items } = await read(slug);
  expect(items.map(({ type, id, position }) => [type, id, position])).toEqual([
    ["space", "acme/one", 0],
    ["space", "acme/two", 1],
    ["space", "acme/three", 2],
    ["model", "acme/model", 3],
  ]);
  expect(items[3]?.note).toEqual({ text: "a <b>model</b>", html: "a &lt;b&gt;model&lt;/b&gt;" });
  await api("PATCH", `/${slug}/items/${items[2]?._id}`, { position: 0, note: "first" });
  await api("DELETE", `/${slug}/items/${items[1]?._id}`);
  expect((await api("DELETE", `/${slug}/items/${items[1]?._id}`)).status).toBe(404);
  const after = (await read(slug)).items;
  expect(after.map(({ id }) => id)).toEqual(["acme/three", "acme/one", "acme/model"]);
  expect(after[0]?.note?.text).toBe("first");
});

test("a collection can hold another one", async () => {
  const inner = await create("Inner");
  const outer = await create("Outer");
  expect((await add(outer.slug, "collection", inner.slug)).status).toBe(200);
  expect((await read(outer.slug)).items).toMatchObject([{ type: "collection", id: inner.slug, slug: inner.slug }]);
});

test("an item that one may not see is neither shown nor added", async () => {
  const { slug } = await create("Mixed", { namespace: "alice" });
  await add(slug, "space", "acme/one");
  expect((await add(slug, "space", "alice/hidden")).status).toBe(200);
  const seen = async (token?: string) => (await read(slug, token)).items.map(({ id }) => id);
  expect(await seen("hf_alice")).toEqual(["acme/one", "alice/hidden"]);
  expect([await seen("hf_bob"), await seen()]).toEqual([["acme/one"], ["acme/one"]]);
  const own = await api("POST", "", { title: "Of Bob", namespace: "bob" }, "hf_bob");
  const stolen = { item: { type: "space", id: "alice/hidden" } };
  expect((await api("POST", `/${own.body.slug}/items`, stolen, "hf_bob")).status).toBe(404);
});

test("collections are listed by owner, item and words, over pages, with four items each", async () => {
  await using other = await startHub();
  const access = other.as("alice");
  for (const name of ["a", "b", "c", "d", "e"]) {
    await createRepo({ ...access, repo: { type: "space", name: `acme/${name}` } });
  }
  const slugs: string[] = [];
  for (const [index, title] of ["First", "Second", "Third"].entries()) {
    const collection = { title, namespace: index === 2 ? "alice" : "acme", private: index === 1 };
    slugs.push((await createCollection({ ...access, collection })).slug);
  }
  for (const name of ["a", "b", "c", "d", "e"]) {
    const json = { item: { type: "space", id: `acme/${name}` } };
    await other.request(`/api/collections/${slugs[0]}/items`, { method: "POST", token: "hf_alice", json });
  }
  const titles = async (search: object, limit?: number) =>
    (await collect(listCollections({ ...access, search, ...(limit === undefined ? {} : { limit }) }))).map(
      ({ title, items }) => [title, items.length],
    );
  expect(await titles({})).toEqual([
    ["First", 4],
    ["Third", 0],
    ["Second", 0],
  ]);
  expect(await titles({}, 1)).toEqual([["First", 4]]);
  expect(await titles({ owner: ["alice"] })).toEqual([["Third", 0]]);
  expect(await titles({ item: ["spaces/acme/e"] })).toEqual([["First", 4]]);
  expect(await titles({ q: "iRs" })).toEqual([["First", 4]]);
  const page = await other.request("/api/collections?limit=1");
  const next = /<(.+)>; rel="next"/.exec(page.headers.get("Link") ?? "")?.[1] ?? "";
  expect((await (await fetch(next)).json()).map(({ title }: { title: string }) => title)).toEqual(["Third"]);
});

test.each<[string, string, string, object | undefined, string, number]>([
  ["made by another user", "POST", "", { title: "x", namespace: "acme" }, "hf_bob", 403],
  ["made with a read token", "POST", "", { title: "x", namespace: "alice" }, "hf_reader", 403],
  ["made without a title", "POST", "", { namespace: "acme" }, "hf_alice", 400],
  ["made with an endless title", "POST", "", { title: "x".repeat(101), namespace: "acme" }, "hf_alice", 400],
  ["made with a colour that is none", "POST", "", { title: "x", namespace: "acme", theme: "red" }, "hf_alice", 400],
  ["found under a name that leaves the folder", "GET", "/..%2F..%2Fmodels/x", undefined, "hf_root", 404],
  ["changed under one", "DELETE", "/acme/..%2Fnamespace", undefined, "hf_root", 404],
])("a collection cannot be %s", async (_, method, path, json, token, status) => {
  expect((await api(method, path, json, token)).status).toBe(status);
});

test("a paper cannot be added: 501; a repo that is missing: 404", async () => {
  const { slug } = await create("Bad items");
  expect((await add(slug, "paper", "2309.12307")).status).toBe(501);
  expect((await add(slug, "space", "acme/none")).status).toBe(404);
});

test("changes at once are all kept", async () => {
  const { slug } = await create("Busy");
  const added = await Promise.all(["one", "two", "three"].map((name) => add(slug, "space", `acme/${name}`)));
  expect(added.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await read(slug)).items).toHaveLength(3);
  expect(hub.failures).toEqual([]);
});
