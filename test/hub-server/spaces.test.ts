import { createRepo, spaceInfo } from "@huggingface/hub";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./hub-fixture.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ spaces: { "acme/My_Space": "http://127.0.0.1:7861/", "alice/hidden": "http://10.0.0.1" } });
  for (const name of ["acme/My_Space", "acme/idle"]) {
    await createRepo({ ...hub.as("alice"), repo: { type: "space", name } });
  }
  await createRepo({ ...hub.as("alice"), repo: { type: "space", name: "alice/hidden" }, visibility: "private" });
});
afterAll(() => hub[Symbol.asyncDispose]());

const get = async (path: string, token?: string) => {
  const response = await hub.request(`/api/spaces/${path}`, token === undefined ? {} : { token });
  return { status: response.status, body: await response.json() };
};

test("a Space that runs is found where it runs", async () => {
  expect(await get("acme/My_Space/host")).toEqual({
    status: 200,
    body: { subdomain: "acme-my-space", host: "http://127.0.0.1:7861" },
  });
  const runtime = { stage: "RUNNING", hardware: { current: "cpu-basic" }, replicas: { current: 1 } };
  expect((await get("acme/My_Space/runtime")).body).toMatchObject(runtime);
  expect((await get("by-subdomain/acme-my-space")).body).toMatchObject({ id: "acme/My_Space", runtime });
});

test("one that does not run says so", async () => {
  const { status, body } = await get("acme/idle/host");
  expect([status, body.error]).toEqual([404, expect.stringContaining("does not run")]);
  expect((await get("acme/idle/runtime")).body).toMatchObject({ stage: "NO_APP_FILE" });
});

test("the client sees it in the info", async () => {
  const info = await spaceInfo({
    ...hub.as("bob"),
    name: "acme/My_Space",
    additionalFields: ["runtime", "subdomain"],
  });
  expect(info).toMatchObject({ subdomain: "acme-my-space", runtime: { stage: "RUNNING" } });
});

test.each(["alice/hidden/host", "alice/hidden/runtime", "by-subdomain/alice-hidden"])(
  "%s is for those who may see it",
  async (path) => {
    expect((await get(path)).status).toBe(401);
    expect((await get(path, "hf_bob")).status).toBe(404);
    expect((await get(path, "hf_alice")).status).toBe(200);
  },
);

test("an address that is none is no place for a Space", async () => {
  await expect(startHub({ spaces: { "acme/x": "file:///etc/passwd" } })).rejects.toMatchObject({
    code: "HUB_BAD_OPTIONS",
  });
});
