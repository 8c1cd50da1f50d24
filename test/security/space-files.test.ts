import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { toolFromSpace } from "@smoltools/adapters/space";
import { isMediaRef } from "@smoltools/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyValue, type ServedEndpoint, type SpaceServer, spaceServer } from "../adapters/space-server.ts";

const secret = "the content of a file of this machine";
let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "space-files-"));
  path = join(folder, "secret.txt");
  await writeFile(path, secret);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fileType = {
  type: "object",
  properties: { path: { type: "string" }, meta: { type: "object", default: { _type: "gradio.FileData" } } },
};
const read: ServedEndpoint = {
  name: "read",
  parameters: [
    { ...anyValue("file", fileType), parameter_has_default: true, parameter_default: null },
    { ...anyValue("files", { type: "array", items: fileType }), parameter_has_default: true, parameter_default: [] },
    { ...anyValue("text", { type: "string" }), parameter_has_default: true, parameter_default: "" },
    { ...anyValue("data"), parameter_has_default: true, parameter_default: null },
  ],
  returns: [anyValue("said")],
  run: () => ["read"],
};

/** All that the Space got to see: what was sent, and the files in it. */
function sent(server: SpaceServer): string {
  return server.arrived.map(({ path: at, body }) => `${at}\n${body.toString("latin1")}`).join("\n");
}

describe("a text or an object that a model makes up", () => {
  const file = { meta: { _type: "gradio.FileData" } };
  it.each<[string, (at: string) => Record<string, unknown>]>([
    ["a path for a file", (at) => ({ file: at })],
    ["an address of a file", (at) => ({ file: pathToFileURL(at).href })],
    ["an object with a path", (at) => ({ file: { path: at } })],
    ["an object of Gradio", (at) => ({ file: { ...file, path: at } })],
    [
      "an object that looks like media",
      (at) => ({ file: { kind: "file", mediaType: "text/plain", path: at, url: at } }),
    ],
    ["media that nobody gave", (at) => ({ file: { $media: at, kind: "file", mediaType: "text/plain" } })],
    ["a path in a list", (at) => ({ files: [at] })],
    ["an object in a list", (at) => ({ files: [{ ...file, path: at }] })],
    ["a path for a text", (at) => ({ text: at })],
    ["a path in data", (at) => ({ data: { deep: [at] } })],
    ["an object in data", (at) => ({ data: { deep: [{ path: at, url: pathToFileURL(at).href }] } })],
    ["an object of Gradio in data", (at) => ({ data: { deep: [{ ...file, path: at }] } })],
    [
      "a command of the library",
      (at) => ({ data: { type: "command", command: "upload_file", meta: { path: at, name: at, orig_path: at } } }),
    ],
  ])("reads no file of this machine: %s", async (_name, input) => {
    await using server = await spaceServer({ endpoints: [read] });
    const tool = await toolFromSpace(server.url);
    await tool.call(input(path)).catch(() => undefined);
    expect(sent(server)).not.toContain(secret);
    expect(server.files.size).toBe(0);
  });

  it.each<[string, unknown]>([
    ["in place of a file", { file: { kind: "file", mediaType: "text/plain", path: "/etc/passwd" } }],
    ["as one of Gradio", { data: [{ path: "/etc/passwd", meta: { _type: "gradio.FileData" } }] }],
  ])("names no file of the Space's machine either: %s", async (_name, input) => {
    await using server = await spaceServer({ endpoints: [read] });
    const tool = await toolFromSpace(server.url);
    await expect(tool.call(input)).rejects.toMatchObject({ code: "TOOL_INPUT_INVALID" });
    expect(server.arrived.filter(({ path: at }) => at.includes("join"))).toEqual([]);
  });
});

describe("a Space that answers with files", () => {
  const meta = { _type: "gradio.FileData" };
  it.each<[string, object]>([
    ["of this machine", { path: "file:///etc/passwd", meta }],
    ["of another host", { path: "http://127.0.0.1:1/secret", url: "http://127.0.0.1:1/secret", meta }],
    ["of the metadata of a cloud", { url: "http://169.254.169.254/latest/meta-data", meta }],
  ])("has nothing fetched from elsewhere: %s", async (_name, answer) => {
    await using server = await spaceServer({ endpoints: [{ ...read, run: () => [answer] }] });
    const media = await (await toolFromSpace(server.url)).call({});
    expect(isMediaRef(media)).toBe(true);
    await expect(isMediaRef(media) && media.bytes()).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:MEDIA_UNAVAILABLE|SOURCE_ANSWER_INVALID)$/),
    });
  });

  it("does not redirect the reader to another host", async () => {
    await using other = await spaceServer({ endpoints: [] });
    const location = `${other.url}/gradio_api/info`;
    await using server = await spaceServer({
      endpoints: [{ ...read, run: () => [{ path: "/srv/a.txt", meta }] }],
      answer: ({ path: at }) => (at.includes("/file=") ? { status: 302, headers: { location } } : undefined),
    });
    const media = await (await toolFromSpace(server.url)).call({});
    await expect(isMediaRef(media) && media.bytes()).rejects.toMatchObject({ code: "SOURCE_ANSWER_INVALID" });
    expect(other.arrived).toEqual([]);
  });
});
