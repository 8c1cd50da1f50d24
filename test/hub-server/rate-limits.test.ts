import { once } from "node:events";
import { connect } from "node:net";
import { createRepo, uploadFile } from "@huggingface/hub";
import { HubClient } from "@smoltools/hub";
import { expect, test } from "vitest";
import { startHub } from "./hub-fixture.ts";

const windowMs = 60_000;

test("requests over the limit are 429, and say when to come back", async () => {
  await using hub = await startHub({ rateLimits: { windowMs, user: 2, anonymous: 1 } });
  const ask = (token?: string) => hub.request("/api/models", token === undefined ? {} : { token });
  const first = await ask("hf_alice");
  expect(first.headers.get("RateLimit")).toMatch(/^"api";r=1;t=\d+$/);
  expect(first.headers.get("RateLimit-Policy")).toBe('"fixed window";"api";q=2;w=60');
  // Another token of the same user.
  expect((await ask("hf_reader")).status).toBe(200);
  const third = await ask("hf_alice");
  expect([third.status, third.headers.get("RateLimit")]).toEqual([429, expect.stringMatching(/^"api";r=0;t=\d+$/)]);
  expect(Number(third.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect((await third.json()).error).toMatch(/The user alice has used up the 2 requests of 60 seconds/);
  expect((await ask("hf_bob")).status).toBe(200);
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
});

test("wrong tokens and addresses that are none count too; whoever watches the hub does not", async () => {
  await using hub = await startHub({ rateLimits: { windowMs, user: 100, anonymous: 3 } });
  expect((await hub.request("/api/models", { token: "hf_guess" })).status).toBe(401);
  expect((await hub.request("/none")).status).toBe(404);
  for (let n = 0; n < 5; n++) expect((await hub.request("/healthz")).status).toBe(200);
  expect((await hub.request("/api/models")).status).toBe(200);
  expect((await hub.request("/api/models", { token: "hf_guess" })).status).toBe(429);
  // Users are not slowed down by those who guess from the same address.
  expect((await hub.request("/api/models", { token: "hf_alice" })).status).toBe(200);
});

test("behind a proxy addresses are told apart, by what the proxy adds", async () => {
  await using hub = await startHub({ trustProxy: true, rateLimits: { windowMs, user: 9, anonymous: 1 } });
  const from = async (address: string) =>
    (await hub.request("/api/models", { headers: { "X-Forwarded-For": address } })).status;
  expect([await from("1.1.1.1"), await from("2.2.2.2"), await from("1.1.1.1")]).toEqual([200, 200, 429]);
  expect(await from("9.9.9.9, 2.2.2.2")).toBe(429);
});

test("a client that names an address of its own is not believed", async () => {
  await using hub = await startHub({ rateLimits: { windowMs, user: 9, anonymous: 1 } });
  const from = async (address: string) =>
    (await hub.request("/api/models", { headers: { "X-Forwarded-For": address } })).status;
  expect([await from("1.1.1.1"), await from("2.2.2.2")]).toEqual([200, 429]);
});

test("a hub that only its own machine reaches counts nothing, unless it is told to", async () => {
  await using hub = await startHub();
  expect((await hub.request("/api/models")).headers.get("RateLimit")).toBeNull();
});

test("our client waits as long as it is told, and then gets its answer", async () => {
  await using hub = await startHub({ rateLimits: { windowMs: 1_000, user: 100, anonymous: 1 } });
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/x" } });
  const client = new HubClient({ hubUrl: hub.url });
  const repo = { repoType: "space", repo: "alice/x" } as const;
  await client.refs(repo);
  expect((await client.refs(repo)).branches).toHaveLength(1);
});

test("who reads slowly keeps their own places taken, and not those of others", async () => {
  await using hub = await startHub({ rateLimits: { windowMs, user: 99, anonymous: 99, concurrent: 2 } });
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/x" } });
  // More than the buffers of a connection hold.
  const file = { path: "large.txt", content: new Blob([new Uint8Array(12 * 1024 * 1024)]) };
  await uploadFile({ ...hub.as("alice"), repo: { type: "space", name: "alice/x" }, file });
  const readNothing = async () => {
    const socket = connect(Number(new URL(hub.url).port), "127.0.0.1");
    socket.write("GET /spaces/alice/x/resolve/main/large.txt HTTP/1.1\r\nHost: hub\r\n\r\n");
    await once(socket, "readable");
    return socket;
  };
  const slow = [await readNothing(), await readNothing()];
  const third = await hub.request("/api/models");
  expect([third.status, third.headers.get("Retry-After")]).toEqual([429, "1"]);
  expect((await third.json()).error).toMatch(/at the same time/);
  expect((await hub.request("/api/models", { token: "hf_alice" })).status).toBe(200);
  for (const socket of slow) socket.destroy();
  await expect.poll(async () => (await hub.request("/api/models")).status, { timeout: 10_000 }).toBe(200);
});
