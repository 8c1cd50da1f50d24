import { isMediaRef, type MediaRef } from "@smoltools/core";
import { expect, it } from "vitest";
import { listening } from "../../mcp/test-support/official-servers.ts";
import { SpaceFetch } from "../connection/space-fetch.ts";
import { defaultSpaceLimits } from "../space-options.ts";
import { type ResultOptions, resultOf } from "./results.ts";

const apiUrl = "http://127.0.0.1:1/app/gradio_api";
const identity = { name: "space:test", redact: (text: string): string => text };
const options = { fetch: new SpaceFetch(identity, new URL(apiUrl), {}), apiUrl, limits: defaultSpaceLimits };
const meta = { _type: "gradio.FileData" };

function result(component: string, data: unknown, how: ResultOptions = options): unknown {
  const endpoint = {
    name: "/made",
    description: "",
    id: 0,
    isQueued: true,
    inputs: [],
    outputs: [{ index: 0, component }],
    outputCount: 1,
    inputSchema: { type: "object" },
    outputSchema: {},
    fingerprint: "",
  } as const;
  return resultOf([data], endpoint, how);
}

it.each<[string, object, object]>([
  ["Image", { path: "/a/b.webp" }, { kind: "image", mediaType: "image/webp", name: "b.webp" }],
  ["Audio", { path: "/a/b.flac" }, { kind: "audio", mediaType: "audio/flac" }],
  ["Audio", { path: "/a/b.wav", mime_type: "application/octet-stream" }, { kind: "audio", mediaType: "audio/wav" }],
  ["Video", { path: "/a/b" }, { kind: "video", mediaType: "video/mp4" }],
  ["File", { path: "/a/b.pdf", orig_name: "c.pdf" }, { kind: "file", mediaType: "application/pdf", name: "c.pdf" }],
  [
    "File",
    { path: "/a/b", mime_type: "text/plain; charset=x" },
    { kind: "file", mediaType: "application/octet-stream" },
  ],
  ["File", { path: "/a b/ü#?.txt" }, { url: `${apiUrl}/file=/a%20b/%C3%BC%23%3F.txt` }],
  ["File", { path: "/a/b", url: "http://127.0.0.1:1/x?y=1" }, { url: "http://127.0.0.1:1/x?y=1" }],
  ["File", { path: "/a/b", url: "http://127.0.0.1:2/x" }, { url: `${apiUrl}/file=/a/b` }],
  ["File", { path: "http://example.org/x" }, { url: "http://example.org/x" }],
])("a file of the component %s, %j, is media", (component, file, expected) => {
  const media = result(component, { ...file, meta });
  expect(isMediaRef(media)).toBe(true);
  expect(media).toMatchObject(expected);
});

it("a gallery is a list of media with captions", () => {
  const data = [{ image: { path: "/a.heic", meta }, caption: null }, { video: { path: "/b.mov", meta } }];
  expect(result("Gallery", data)).toMatchObject([
    { image: { mediaType: "image/heic" }, caption: null },
    { video: { mediaType: "video/mov" } },
  ]);
});

it("a list that an edit made longer than all that was sent is refused", () => {
  const long: unknown[] = [];
  long.length = 2 ** 32 - 1;
  expect(() => result("Json", { rows: [long] })).toThrow("longer than what it has sent");
});

it("a file that does not come names the option that limits the wait", async () => {
  await using server = await listening(() => undefined);
  const limits = { ...defaultSpaceLimits, callTimeoutMs: 20 };
  const own = { fetch: new SpaceFetch(identity, new URL(server.url), {}), apiUrl: server.url, limits };
  const media = result("File", { path: `${server.url}a.txt`, meta }, own);
  await expect((media as MediaRef).bytes()).rejects.toMatchObject({
    code: "SOURCE_TIMEOUT",
    message: expect.stringContaining("within 20 ms (callTimeoutMs)"),
  });
});

it("what is named like a file, without its mark, stays as it is", () => {
  const data = { path: "/etc/passwd", meta: { _type: "other" } };
  expect(result("Json", data)).toEqual(data);
});
