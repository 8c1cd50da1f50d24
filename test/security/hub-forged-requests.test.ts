import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { createRepo } from "@huggingface/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitLines, fileLine, startHub, type TestHub } from "../hub-server/hub-fixture.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ limits: { maxRegularFileBytes: 10_000, maxLfsFileBytes: 20_000, maxBodyBytes: 50_000 } });
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/safe" } });
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/hidden" }, visibility: "private" });
});
afterAll(() => hub[Symbol.asyncDispose]());

/**
 * Sends bytes as they are, and behind them a request that ends the connection; gives everything that comes back.
 */
async function send(...pieces: string[]): Promise<string> {
  const socket: Socket = connect(hub.server.port, "127.0.0.1");
  // The hub may cut the connection off before it has read everything.
  socket.on("error", () => {});
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  for (const piece of pieces) socket.write(piece);
  socket.write("GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  await new Promise((resolve) => socket.once("close", resolve));
  return Buffer.concat(chunks).toString("latin1");
}

const statuses = (answer: string) => [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status);
const smuggled = "GET /api/whoami-v2 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer hf_alice\r\n\r\n";

describe("a request of which two readers see different ends", () => {
  it.each([
    ["two lengths", "Content-Length: 0\r\nContent-Length: 5\r\n", "hello"],
    [
      "a length and chunks",
      `Content-Length: ${smuggled.length}\r\nTransfer-Encoding: chunked\r\n`,
      `0\r\n\r\n${smuggled}`,
    ],
    ["an encoding that is none", "Transfer-Encoding: xchunked\r\n", `0\r\n\r\n${smuggled}`],
    ["chunks that are not last", "Transfer-Encoding: chunked, identity\r\n", `0\r\n\r\n${smuggled}`],
    ["a length with a sign", "Content-Length: +5\r\n", "hello"],
    ["a length that is none", "Content-Length: 5, 5\r\n", "hello"],
    ["a header with a space before the colon", "Content-Length : 5\r\n", "hello"],
    ["a header over two lines", "X-A: b\r\n c\r\nContent-Length: 5\r\n", "hello"],
    ["a line end within a header", "X-A: b\nContent-Length: 5\r\n", "hello"],
    ["a zero byte in a header", "X-A: b\u0000c\r\n", ""],
    ["a chunk whose length is none", "Transfer-Encoding: chunked\r\n", `zz\r\n${smuggled}`],
  ])("is refused for %s, and what hides behind it is not answered", async (_title, headers, body) => {
    const answer = await send(`POST /api/validate-yaml HTTP/1.1\r\nHost: x\r\n${headers}\r\n${body}`);
    expect(statuses(answer).filter((status) => status === "200")).toEqual([]);
    expect(answer).not.toContain('"name":"alice"');
  });

  it.each(["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "G\u0000T / HTTP/1.1\r\nHost: x\r\n\r\n"])(
    "%j is no request",
    async (text) => {
      expect(statuses(await send(text))).toEqual(["400"]);
    },
  );
});

describe("too much of something", () => {
  it.each([
    ["an address", `GET /api/spaces?search=${"x".repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ["a header", `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${"x".repeat(17_000)}\r\n\r\n`],
    ["headers", `GET / HTTP/1.1\r\nHost: x\r\n${"X-A: b\r\n".repeat(3_000)}\r\n`],
  ])("%s is refused with 431", async (_title, text) => {
    // Not much over the limit: an answer can be lost that is sent before everything was read.
    expect(statuses(await send(text))).toEqual(["431"]);
  });

  it("a query of many small parts is answered", async () => {
    const query = Array.from({ length: 1_000 }, (_, index) => `filter=t${index}`).join("&");
    expect((await hub.request(`/api/spaces?${query}`)).status).toBe(200);
  });

  it.each([
    ["a line of a commit", "/api/spaces/alice/safe/commit/main", commitLines(fileLine("f", "x".repeat(60_000)))],
    ["a line without an end", "/api/spaces/alice/safe/commit/main", "x".repeat(200_000)],
    ["a body", "/api/validate-yaml", JSON.stringify({ content: "x".repeat(60_000) })],
    ["a list of paths", "/api/spaces/alice/safe/paths-info/main", JSON.stringify({ paths: ["x".repeat(60_000)] })],
    ["a form", "/api/spaces/alice/safe/paths-info/main", `paths=${"x".repeat(60_000)}`],
  ])("%s is refused with 413", async (_title, path, body) => {
    const isForm = body.startsWith("paths=");
    const headers = { "Content-Type": isForm ? "application/x-www-form-urlencoded" : "application/json" };
    expect((await hub.request(path, { method: "POST", token: "hf_alice", body, headers })).status).toBe(413);
  });

  it("a body in chunks that does not end is cut off at the limit", async () => {
    const chunk = `2000\r\n${"x".repeat(0x2000)}\r\n`;
    const head = "POST /api/validate-yaml HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect(statuses(await send(head, ...Array.from({ length: 40 }, () => chunk), "0\r\n\r\n"))[0]).toBe("413");
  });

  it("front matter that unfolds to more than memory is refused", async () => {
    const levels = Array.from({ length: 20 }, (_, n) => `l${n + 1}: &l${n + 1} [${"*l" + n + ","}*l${n}]`);
    const content = `---\nl0: &l0 [a, a]\n${levels.join("\n")}\n---\n`;
    const response = await hub.request("/api/validate-yaml", { method: "POST", json: { content } });
    expect(response.status).toBe(400);
  });

  it("JSON of a million brackets is refused", async () => {
    const body = "[".repeat(49_000);
    const init = { method: "POST", token: "hf_alice", body };
    expect((await hub.request("/api/repos/create", init)).status).toBe(400);
  });
});

describe("an address that is not what it seems", () => {
  const at = (path: string, token?: string) =>
    hub.request(path, { redirect: "manual", ...(token === undefined ? {} : { token }) });

  it.each([
    "/spaces/alice/safe/resolve/main/..%2F..%2F..%2Faccounts%2Faccounts.json",
    "/spaces/alice/safe/resolve/main/%2e%2e/%2e%2e/hub.json",
    "/spaces/alice/safe/resolve/main/.git/config",
    "/spaces/alice/safe.git/hub.json",
    "/spaces/alice/safe.git/objects/info/packs",
    "/spaces/alice%2Fsafe/resolve/main/README.md",
    "/spaces/alice/safe%00/resolve/main/README.md",
    "/spaces/..%2Faccounts/accounts/resolve/main/x",
    "/accounts/accounts.json",
    "/audit/audit.jsonl",
    "/search/snapshot.jsonl",
    "/releases.jsonl",
    "/signing.key",
    "//evil.example/api/spaces",
    "/api/spaces/alice/safe/tree/main/..%2F..",
    "/api/collections/..%2F../accounts",
    "/api/spaces/alice/safe/revision/refs%2Fheads%2F..%2F..%2Fhub.json",
    "/api//spaces/alice/safe",
    "/api/spaces/alice/safe/",
  ])("%s is not found, for an admin neither", async (path) => {
    const response = await at(path, "hf_root");
    expect([400, 404]).toContain(response.status);
    expect(await response.text()).not.toMatch(/createdBy|schemaVersion|hf_/);
  });

  it("a host that is another one changes no address that the hub gives out", async () => {
    const answer = await send(
      "GET /api/spaces/alice/safe/tree/main?limit=1 HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n\r\n",
    );
    expect(answer).toContain(`Link: <${hub.url}/api/spaces`);
    expect(answer).not.toContain("evil.example");
  });

  it("a method that is hidden in a header is not the method", async () => {
    const headers = { "X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "DELETE" };
    const response = await hub.request("/api/spaces/alice/safe", { headers, token: "hf_alice" });
    expect(response.status).toBe(200);
  });

  it("two tokens in one request are none", async () => {
    const answer = await send(
      "GET /api/whoami-v2 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer hf_wrong\r\nAuthorization: Bearer hf_alice\r\n\r\n",
    );
    expect(statuses(answer)[0]).toBe("401");
  });
});

it.each([
  ["tree", ["main", "a"]],
  ["tree", ["HEAD", "../x"]],
  ["tree", ["zz"]],
  ["tree", ["a".repeat(40), "a"]],
  ["commits", ["main", "-5"]],
  ["commits", ["main", "1e400"]],
  ["commits", ["zz", "1"]],
] as const)(
  "a place to go on from in %s that the hub did not give out is no failure of it: %j",
  async (what, cursor) => {
    const text = Buffer.from(JSON.stringify(cursor)).toString("base64url");
    const answer = await hub.request(`/api/spaces/alice/safe/${what}/main?cursor=${text}`);
    expect([200, 404]).toContain(answer.status);
  },
);

it("nothing of all this was a failure of the hub, or changed anything in it", async () => {
  expect(hub.failures).toEqual([]);
  expect((await hub.request("/healthz")).status).toBe(200);
  expect(hub.git("spaces/alice/safe", "rev-list", "--count", "main")).toBe("1\n");
});

it("names that no repo can have leave nothing in the hub's folder, whoever is not allowed to use them", async () => {
  await using other = await startHub();
  const names = ["n".repeat(3_000), "%2e%2e%2f%2e%2e", "a%0ab", "-"];
  for (const name of names) {
    const answer = await other.request(`/api/spaces/${name}/x/commit/main`, { method: "POST", token: "hf_reader" });
    expect(answer.status).toBe(404);
  }
  await createRepo({ ...other.as("alice"), repo: { type: "space", name: "alice/real" } });
  await other.server.close();
  const journal = await readFile(join(other.root, "search", "changes.jsonl"), "utf8");
  expect(
    journal
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).repo),
  ).toEqual(["spaces/alice/real"]);
});
