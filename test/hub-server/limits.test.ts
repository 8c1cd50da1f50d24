import { connect } from "node:net";
import { createRepo, uploadFile } from "@huggingface/hub";
import { expect, test } from "vitest";
import { collect, commitLines, fileLine, startHub, startSlowCommit, type TestHub } from "./hub-fixture.ts";

const repo = { type: "model", name: "alice/limits" } as const;

async function startWith(limits: NonNullable<Parameters<typeof startHub>[0]>["limits"]): Promise<TestHub> {
  const hub = await startHub({ limits: limits ?? {} });
  await createRepo({ ...hub.as("alice"), repo });
  return hub;
}

const commit = (hub: TestHub, body: string) =>
  hub.request("/api/models/alice/limits/commit/main", { method: "POST", token: "hf_alice", body });

test("a file over the limit is refused before it is sent, by name", async () => {
  await using hub = await startWith({ maxRegularFileBytes: 10, maxLfsFileBytes: 100 });
  const upload = uploadFile({
    ...hub.as("alice"),
    repo,
    file: { path: "big.bin", content: new Blob(["x".repeat(101)]) },
  });
  await expect(upload).rejects.toMatchObject({
    statusCode: 413,
    message: expect.stringMatching(/big\.bin has 101 bytes/),
  });
});

test.each([
  ["a file", [fileLine("small", "x"), fileLine("big", "x".repeat(101))], /big has 101 bytes/],
  [
    "all files together",
    [..."abcd"].map((path) => fileLine(path, "x".repeat(90))),
    /With d the commit has over 300 bytes/,
  ],
  ["the number of files", [..."abcde"].map((path) => fileLine(path, "")), /at most 4 files/],
  ["a line", [fileLine("x", "x".repeat(100_000))], /Line 2 of the commit is longer than/],
] as const)("a commit over the limit of %s is 413 and changes nothing", async (_, lines, error) => {
  await using hub = await startWith({ maxRegularFileBytes: 100, maxCommitBytes: 300, maxFilesPerCommit: 4 });
  const response = await commit(hub, commitLines(...lines));
  expect(response.status).toBe(413);
  expect((await response.json()).error).toMatch(error);
  expect(hub.git("models/alice/limits", "rev-list", "--count", "main")).toBe("1\n");
});

test("any other body over the limit is 413", async () => {
  await using hub = await startWith({ maxBodyBytes: 300 });
  const json = { tag: "x", message: "m".repeat(300) };
  const response = await hub.request("/api/models/alice/limits/tag/main", { method: "POST", token: "hf_alice", json });
  expect(response.status).toBe(413);
});

test("a client that reads nothing before it has sent everything still gets its answer", async () => {
  await using hub = await startWith({ maxRegularFileBytes: 1_000 });
  const body = commitLines(fileLine("big", "x".repeat(20_000_000)));
  const socket = connect(hub.server.port, "127.0.0.1").pause();
  const head = ["POST /api/models/alice/limits/commit/main HTTP/1.1", "Host: x", "Authorization: Bearer hf_alice"];
  socket.write(`${[...head, `Content-Length: ${body.length}`, "Connection: close"].join("\r\n")}\r\n\r\n`);
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.write(body, () => resolve());
  });
  expect(Buffer.concat(await collect(socket)).toString()).toMatch(/^HTTP\/1\.1 413 /);
});

test("a client that may not write gets its answer too", async () => {
  await using hub = await startWith({});
  const body = commitLines(fileLine("big", "x".repeat(3_000_000)));
  const response = await hub.request("/api/models/alice/limits/commit/main", { method: "POST", token: "hf_bob", body });
  expect(response.status).toBe(403);
});

test("a request that takes too long is cut off", async () => {
  await using hub = await startWith({ headersTimeoutMs: 1_000, requestTimeoutMs: 1_500 });
  const slow = await startSlowCommit(hub, "models/alice/limits", "slow");
  expect(await slow.status.catch(() => 408)).toBe(408);
  expect(hub.git("models/alice/limits", "rev-list", "--count", "main")).toBe("1\n");
});

test("a request that asks what a page may do is cut off too when its body does not come", async () => {
  await using hub = await startHub({ limits: { headersTimeoutMs: 100, requestTimeoutMs: 200 } });
  const socket = connect(hub.server.port, "127.0.0.1");
  socket.write("OPTIONS /api/models HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
  expect(Buffer.concat(await collect(socket)).toString()).toMatch(/^HTTP\/1\.1 (?:204|408) /);
});

test("commits wait for each other; too many are told to come again; one that breaks off makes room", async () => {
  await using hub = await startWith({ maxConcurrentCommits: 1, maxWaitingCommits: 1 });
  const slow = await startSlowCommit(hub, "models/alice/limits", "slow");
  await hub.request("/api/models/alice/limits", { token: "hf_alice" });
  const others = ["a", "b"].map((path) => commit(hub, commitLines(fileLine(path, path))));
  const refused = await Promise.race(others);
  expect([refused.status, refused.headers.get("Retry-After")]).toEqual([503, "1"]);
  slow.abort();
  const statuses = (await Promise.all(others)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 503]);
  expect(hub.failures).toEqual([]);
});
