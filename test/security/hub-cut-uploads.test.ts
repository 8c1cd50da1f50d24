import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { createRepo } from "@huggingface/hub";
import { afterAll, beforeAll, expect, it } from "vitest";
import { commitLines, fileLine, startHub, type TestHub } from "../hub-server/hub-fixture.ts";

const commit = "/api/spaces/alice/safe/commit/main";
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ limits: { maxRegularFileBytes: 10_000 } });
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/safe" } });
});
afterAll(() => hub[Symbol.asyncDispose]());

const commits = () => hub.git("spaces/alice/safe", "rev-list", "--count", "main").trim();
const uploads = () => readdir(join(hub.root, "spaces/alice/safe.git/lfs/uploads")).catch(() => []);

/** Sends a request that announces a whole body, and a part of it. Resolves when the hub has let go of it. */
async function sendCut(method: string, path: string, body: Buffer, length: number): Promise<void> {
  const socket = connect(hub.server.port, "127.0.0.1");
  socket.on("error", () => {}).resume();
  const head = [`${method} ${path} HTTP/1.1`, "Host: x", "Authorization: Bearer hf_alice"];
  socket.write(`${[...head, `Content-Length: ${body.length}`].join("\r\n")}\r\n\r\n`);
  await new Promise<void>((resolve) => socket.write(body.subarray(0, length), () => resolve()));
  socket.end();
  await new Promise((resolve) => socket.once("close", resolve));
}

it("a commit that is cut anywhere is not made", async () => {
  const body = Buffer.from(commitLines(fileLine("a", "A"), fileLine("b", "B")));
  const before = commits();
  const places = Array.from({ length: 12 }, (_, index) => Math.floor((body.length * index) / 12));
  await Promise.all([...places, body.length - 1].map((length) => sendCut("POST", commit, body, length)));
  expect(commits()).toBe(before);
  expect(hub.git("spaces/alice/safe", "fsck", "--strict", "--no-dangling")).toBe("");
});

it("a commit whose lines end before the last file does not take the others", async () => {
  const body = commitLines(fileLine("a", "A"), fileLine("b", "B")).slice(0, -20);
  const before = commits();
  expect((await hub.request(commit, { method: "POST", token: "hf_alice", body })).status).toBe(400);
  expect(commits()).toBe(before);
});

it("a file whose content is cut is not stored for the whole one", async () => {
  const line = fileLine("cut", "whole content");
  const value = { ...line.value, content: Buffer.from("whole content").toString("base64").slice(0, -3) };
  const body = commitLines({ ...line, value });
  expect((await hub.request(commit, { method: "POST", token: "hf_alice", body })).status).toBe(400);
});

it("a Git LFS upload that is cut anywhere is not there, and leaves nothing", async () => {
  const content = Buffer.alloc(50_000, "x");
  const object = { oid: createHash("sha256").update(content).digest("hex"), size: content.length };
  const batch = { operation: "upload", objects: [object] };
  const ask = () =>
    hub.request("/spaces/alice/safe.git/info/lfs/objects/batch", { method: "POST", token: "hf_alice", json: batch });
  const { objects } = await (await ask()).json();
  const { pathname, search } = new URL(objects[0].actions.upload.href);
  const lengths = [0, 1, 25_000, content.length - 1];
  await Promise.all(lengths.map((length) => sendCut("PUT", `${pathname}${search}`, content, length)));
  await expect.poll(uploads, { timeout: 10_000 }).toEqual([]);
  expect((await (await ask()).json()).objects[0].actions).toBeDefined();
  const line = { key: "lfsFile", value: { path: "x", algo: "sha256", ...object } };
  const answer = await hub.request(commit, { method: "POST", token: "hf_alice", body: commitLines(line) });
  expect(answer.status).toBe(400);
});

it("none of it is a failure of the hub", () => {
  expect(hub.failures).toEqual([]);
});
