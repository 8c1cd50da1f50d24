import { setTimeout as sleep } from "node:timers/promises";
import { type SpaceEvent, toolFromSpace, toolsFromSpace } from "@smoltools/adapters/space";
import { Tool } from "smoltools";
import { describe, expect, it } from "vitest";
import { anyValue, type OtherAnswer, type ServedEndpoint, type SpaceServer, spaceServer } from "./space-server.ts";

const echo: ServedEndpoint = {
  name: "echo",
  parameters: [anyValue("text", { type: "string" })],
  returns: [anyValue("said", { type: "string" })],
  run: (data) => data,
};

/** A hub that tells these stages of a Space, one after another; the last one again and again. */
async function hubWith(space: SpaceServer, stages: readonly (string | OtherAnswer)[]): Promise<SpaceServer> {
  const left = [...stages];
  return spaceServer({
    endpoints: [],
    answer: ({ path }) => {
      if (path === "/api/spaces/acme/echo/host") return { body: JSON.stringify({ host: space.url }) };
      if (path !== "/api/spaces/acme/echo/runtime") return { status: 404, body: '{"error":"Not Found"}' };
      const stage = (left.length > 1 ? left.shift() : left[0]) ?? "RUNNING";
      return typeof stage === "string" ? { body: JSON.stringify({ stage }) } : stage;
    },
  });
}

describe("a Space of a hub", () => {
  it("is found by its name, and is the tool's origin", async () => {
    await using space = await spaceServer({ endpoints: [echo] });
    await using hub = await hubWith(space, ["RUNNING"]);
    const tool = await toolFromSpace("acme/echo", { hubUrl: `${hub.url}/` });
    expect(await tool.call({ text: "a" })).toBe("a");
    expect(tool.origin).toEqual({ kind: "space", space: "acme/echo", endpoint: "/echo" });
  });

  it("is a tool through the umbrella", async () => {
    await using space = await spaceServer({ endpoints: [echo] });
    const tool = await Tool.fromSpace(space.url);
    expect([tool instanceof Tool, await tool.call({ text: "a" })]).toEqual([true, "a"]);
  });

  it("is woken up when it sleeps, and waited for", async () => {
    const events: SpaceEvent[] = [];
    await using space = await spaceServer({ endpoints: [echo] });
    await using hub = await hubWith(space, ["SLEEPING", "APP_STARTING", "APP_STARTING", "RUNNING"]);
    const onProgress = (event: SpaceEvent): void => {
      events.push(event);
    };
    const tool = await toolFromSpace("acme/echo", { hubUrl: hub.url, onProgress });
    expect(events).toEqual([
      { kind: "starting", space: "space:acme/echo", stage: "SLEEPING" },
      { kind: "starting", space: "space:acme/echo", stage: "APP_STARTING" },
    ]);
    expect(space.arrived.filter(({ path }) => path === "/config").length).toBe(2);
    expect(await tool.call({ text: "a" })).toBe("a");
  });

  it("that fell asleep between two calls is woken up", async () => {
    await using space = await spaceServer({ endpoints: [echo] });
    await using hub = await hubWith(space, ["RUNNING", "SLEEPING", "RUNNING"]);
    const tool = await toolFromSpace("acme/echo", { hubUrl: hub.url });
    space.options = {
      endpoints: [echo],
      answer: ({ path }) => (path.endsWith("/app_id") ? { status: 503 } : undefined),
    };
    // Until then it has just been seen.
    await sleep(120);
    expect(await tool.call({ text: "a" })).toBe("a");
    expect(hub.arrived.filter(({ path }) => path.endsWith("/runtime"))).toHaveLength(3);
  });

  it.each<[string, string | OtherAnswer, object]>([
    [
      "is paused",
      "PAUSED",
      { code: "SOURCE_UNAVAILABLE", message: expect.stringContaining("its owner has to restart") },
    ],
    ["could not be built", "BUILD_ERROR", { code: "SOURCE_UNAVAILABLE" }],
    ["has failed", "RUNTIME_ERROR", { code: "SOURCE_UNAVAILABLE" }],
    ["is in a stage of tomorrow", "DREAMING", { code: "SOURCE_UNAVAILABLE" }],
    [
      "does not start in time",
      "BUILDING",
      { code: "SOURCE_UNAVAILABLE", message: expect.stringContaining("BUILDING") },
    ],
    [
      "is private",
      { status: 401, body: "{}" },
      { code: "SOURCE_UNAUTHORISED", message: expect.stringContaining("needs a token") },
    ],
    [
      "is gated",
      { status: 403, body: "{}" },
      { code: "SOURCE_UNAUTHORISED", message: expect.stringContaining("ask for access") },
    ],
    ["is not there", { status: 404, body: "{}" }, { code: "SOURCE_UNAUTHORISED" }],
    ["a hub that fails speaks of", { status: 500, body: "HTTP 404 at the store" }, { code: "SOURCE_UNAVAILABLE" }],
  ])("that %s gives an error that says so", async (_name, stage, error) => {
    await using space = await spaceServer({ endpoints: [echo] });
    await using hub = await hubWith(space, [stage]);
    const options = { hubUrl: hub.url, startTimeoutMs: 50 };
    await expect(toolFromSpace("acme/echo", options)).rejects.toMatchObject(error);
  });

  it("that starts is not waited for when the caller leaves", async () => {
    await using space = await spaceServer({ endpoints: [echo] });
    await using hub = await hubWith(space, ["BUILDING"]);
    const controller = new AbortController();
    const reason = new Error("enough");
    const onProgress = (): void => controller.abort(reason);
    const starting = toolsFromSpace("acme/echo", { hubUrl: hub.url, signal: controller.signal, onProgress });
    await expect(starting).rejects.toBe(reason);
  });

  it("whose hub hangs ends in time", async () => {
    await using space = await spaceServer({ endpoints: [echo] });
    await using hub = await hubWith(space, [{ hangs: true }]);
    const options = { hubUrl: hub.url, requestTimeoutMs: 100 };
    await expect(toolFromSpace("acme/echo", options)).rejects.toMatchObject({ code: "SOURCE_TIMEOUT" });
  });
});
