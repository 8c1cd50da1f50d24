import { type SpaceOptions, toolFromSpace } from "@smoltools/adapters/space";
import { isMediaRef, MediaRef } from "@smoltools/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { anyValue, type ServedEndpoint, type SpaceServer, spaceServer } from "../adapters/space-server.ts";

const token = "hf_secretsecretsecret";
const fileType = {
  type: "object",
  properties: { path: { type: "string" }, meta: { type: "object", default: { _type: "gradio.FileData" } } },
};
const copy: ServedEndpoint = {
  name: "copy",
  parameters: [anyValue("file", fileType)],
  returns: [anyValue("copied", fileType)],
  run: (data) => data,
};

/** A hub that knows one Space, which is a server too. */
async function spaceOnHub(endpoint: ServedEndpoint = copy) {
  const space = await spaceServer({ endpoints: [endpoint] });
  const answers: Record<string, object> = { host: { host: space.url }, runtime: { stage: "RUNNING" } };
  const hub = await spaceServer({
    endpoints: [],
    answer: ({ path }) => ({ body: JSON.stringify(answers[path.replace("/api/spaces/acme/copy/", "")] ?? {}) }),
  });
  return {
    space,
    hub,
    [Symbol.asyncDispose]: async () => {
      await space[Symbol.asyncDispose]();
      await hub[Symbol.asyncDispose]();
    },
  };
}

async function callOnce(hub: SpaceServer, options: SpaceOptions): Promise<unknown> {
  const tool = await toolFromSpace("acme/copy", { hubUrl: hub.url, ...options });
  const media = await tool.call({ file: MediaRef.fromBytes(new Uint8Array(3), { mediaType: "image/png" }) });
  return isMediaRef(media) && media.bytes();
}

const authorised = ({ arrived }: SpaceServer): number =>
  arrived.filter(({ headers, path, body }) => [JSON.stringify(headers), path, body.toString()].join().includes(token))
    .length;

afterEach(() => vi.unstubAllEnvs());

describe("the token of a user", () => {
  it("goes to the hub, and not to the Space", async () => {
    await using both = await spaceOnHub();
    await callOnce(both.hub, { token });
    expect([authorised(both.hub), authorised(both.space)]).toEqual([both.hub.arrived.length, 0]);
  });

  it("goes to the Space whose host is named, with every request", async () => {
    await using both = await spaceOnHub();
    await callOnce(both.hub, { token, sendTokenTo: new URL(both.space.url).host });
    expect(authorised(both.space)).toBe(both.space.arrived.length);
  });

  it("goes nowhere where another host is named", async () => {
    await using both = await spaceOnHub();
    await callOnce(both.hub, { token, sendTokenTo: ["acme-copy.hf.space", "127.0.0.1"] });
    expect(authorised(both.space)).toBe(0);
  });

  it("is never that of the environment", async () => {
    vi.stubEnv("HF_TOKEN", token);
    vi.stubEnv("HUGGING_FACE_HUB_TOKEN", token);
    await using both = await spaceOnHub();
    await callOnce(both.hub, {});
    expect([authorised(both.hub), authorised(both.space)]).toEqual([0, 0]);
  });

  it("does not leave this machine without encryption", async () => {
    const options = { token, sendTokenTo: "space.invalid" };
    await expect(toolFromSpace("http://space.invalid", options)).rejects.toMatchObject({
      code: "ADAPTER_OPTIONS_INVALID",
    });
  });

  it("does not follow a file, or an answer, to another host", async () => {
    await using other = await spaceServer({ endpoints: [] });
    const url = `${other.url}/a.png`;
    const answer = { path: url, url, meta: { _type: "gradio.FileData" } };
    await using both = await spaceOnHub({ ...copy, run: () => [answer] });
    both.space.options.config = { root: other.url };
    await callOnce(both.hub, { token, sendTokenTo: new URL(both.space.url).host }).catch(() => undefined);
    expect(other.arrived).toEqual([]);
  });

  it("is in no error, whatever the Space repeats", async () => {
    const run: ServedEndpoint["run"] = () => {
      throw new Error(`your token is ${token}, Bearer ${token}`);
    };
    await using both = await spaceOnHub({ ...copy, run });
    const error: unknown = await callOnce(both.hub, { token }).catch((cause: unknown) => cause);
    expect(String(error)).toContain("your token is [redacted]");
    expect(JSON.stringify(error) + String(error)).not.toContain(token);
  });
});
