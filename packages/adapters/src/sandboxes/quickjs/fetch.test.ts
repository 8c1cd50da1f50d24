import type { HostFetch, HostFetchRequest } from "@smoltools/core";
import { expect, test } from "vitest";
import { quickjs } from "./index.ts";

function answering(body: string | Uint8Array, more: object = {}): { fetch: HostFetch; requests: HostFetchRequest[] } {
  const requests: HostFetchRequest[] = [];
  const fetch: HostFetch = async (request) => {
    requests.push(request);
    const bytes = Buffer.from(body).toString("base64");
    return { url: request.url, status: 200, statusText: "OK", headers: [], body: bytes, ...more };
  };
  return { fetch, requests };
}

test("a body of any kind arrives as its bytes", async () => {
  const { fetch, requests } = answering("");
  await using sandbox = await quickjs().create({ fetch });
  await sandbox.run(`
    const bytes = new Uint8Array([0, 255, 128]);
    for (const body of ["é", bytes, bytes.buffer, bytes.subarray(1), new URLSearchParams({ a: "1 2" })])
      await fetch("https://x.org/", { method: "PUT", body });`);
  expect(requests.map(({ body }) => [...Buffer.from(body ?? "", "base64")])).toEqual([
    [...Buffer.from("é")],
    [0, 255, 128],
    [0, 255, 128],
    [255, 128],
    [...Buffer.from("a=1+2")],
  ]);
  expect(requests[4]?.headers).toEqual([["content-type", "application/x-www-form-urlencoded;charset=UTF-8"]]);
});

test("a response can be read in every way", async () => {
  const { fetch } = answering(new Uint8Array([123, 125, 32]), {
    headers: [
      ["Content-Type", "application/json"],
      ["set-cookie", "a"],
    ],
  });
  await using sandbox = await quickjs().create({ fetch });
  const { value } = await sandbox.run(`
    const get = () => fetch("https://x.org/");
    [await (await get()).text(), await (await get()).json(), (await (await get()).arrayBuffer()).byteLength,
     [...await (await get()).bytes()], (await get()).headers.get("content-type"), (await get()).url, (await get()).ok]`);
  expect(value).toEqual(["{} ", {}, 3, [123, 125, 32], "application/json", "https://x.org/", true]);
});

test("a redirect shows in the response", async () => {
  const { fetch } = answering("", { url: "https://y.org/", status: 404 });
  await using sandbox = await quickjs().create({ fetch });
  const { value } = await sandbox.run(
    `const r = await fetch(new URL("https://x.org")); [r.redirected, r.url, r.ok, r.status]`,
  );
  expect(value).toEqual([true, "https://y.org/", false, 404]);
});

test("the host hears what becomes of redirects, where they are not to be followed", async () => {
  const { fetch, requests } = answering("", { status: 302, headers: [["location", "/b"]] });
  await using sandbox = await quickjs().create({ fetch });
  const { value } = await sandbox.run(`
    await fetch("https://x.org/");
    await fetch("https://x.org/", { redirect: "error" });
    const r = await fetch(new Request("https://x.org/", { redirect: "manual" }));
    [r.status, r.headers.get("location"), r.redirected]`);
  expect(value).toEqual([302, "/b", false]);
  expect(requests.map((request) => ({ ...request }))).toMatchObject([
    {},
    { redirect: "error" },
    { redirect: "manual" },
  ]);
  expect(requests[0]).not.toHaveProperty("redirect");
});

test.each(["error", "manual"])("a host that follows a redirect in spite of %s is found out", async (redirect) => {
  const { fetch } = answering("", { url: "https://y.org/" });
  await using sandbox = await quickjs().create({ fetch });
  const { error } = await sandbox.run(`await fetch("https://x.org/", { redirect: "${redirect}" })`);
  expect(error).toMatchObject({ name: "TypeError", message: expect.stringContaining("https://x.org/ redirects") });
});

test("a refusal of the host is an error where it is awaited", async () => {
  const fetch: HostFetch = async () => {
    throw new TypeError("example.org is not among the permitted hosts");
  };
  await using sandbox = await quickjs().create({ fetch });
  const { error } = await sandbox.run(`\nawait fetch("https://example.org/")`);
  expect(error).toMatchObject({ name: "TypeError", message: "example.org is not among the permitted hosts" });
});

test("an aborted fetch rejects in the code and is aborted on the host", async () => {
  let aborted: Promise<void> | undefined;
  const fetch: HostFetch = (_request, { signal }) => {
    aborted = new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    return new Promise(() => {});
  };
  await using sandbox = await quickjs().create({ fetch });
  const { value } = await sandbox.run(`
    const seen = await fetch("https://x.org/", { signal: AbortSignal.timeout(20) }).catch((e) => e.name);
    const early = await fetch("https://x.org/", { signal: AbortSignal.abort("no") }).catch((e) => e);
    [seen, early]`);
  expect(value).toEqual(["TimeoutError", "no"]);
  await aborted;
});

test.each([
  ["fetch('nope')", "TypeError"],
  ["fetch('https://x.org', { body: 'x' })", "TypeError"],
  ["fetch('https://x.org', { method: 'POST', body: {} })", "TypeError"],
  ["fetch('https://x.org', { redirect: 'none' })", "TypeError"],
])("%s is refused before it reaches the host", async (call, name) => {
  const { fetch, requests } = answering("");
  await using sandbox = await quickjs().create({ fetch });
  const { error } = await sandbox.run(`await ${call}`);
  expect(error?.name).toBe(name);
  expect(requests).toEqual([]);
});

test("a tool may be called fetch: it takes the place of the global", async () => {
  await using sandbox = await quickjs().create({ functions: { fetch: ([url]) => `read ${url}` } });
  expect((await sandbox.run("await fetch('x')")).value).toBe("read x");
});
