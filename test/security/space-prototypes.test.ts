import { toolFromSpace } from "@smoltools/adapters/space";
import { describe, expect, it } from "vitest";
import { anyValue, type ServedEndpoint, spaceServer } from "../adapters/space-server.ts";

/** An endpoint that sends a value, and then a change of it. */
function changing(path: readonly unknown[], operation = "replace"): ServedEndpoint {
  return {
    name: "change",
    parameters: [],
    returns: [anyValue("value")],
    run: (_data, { send }) => {
      send({ msg: "process_generating", output: { data: [{ list: [1] }] }, success: true });
      send({ msg: "process_generating", output: { data: [[[operation, path, "polluted"]]] }, success: true });
      return [{}];
    },
  };
}

describe("a change of a value that a Space sends", () => {
  it.each([
    [["__proto__", "polluted"]],
    [["constructor", "prototype", "polluted"]],
    [["list", "constructor", "prototype", "polluted"]],
    [["list", 0, "__proto__", "polluted"]],
    [[["__proto__"], "polluted"]],
  ])("does not reach what all objects share: %j", async (path) => {
    await using server = await spaceServer({ endpoints: [changing(path)] });
    const tool = await toolFromSpace(server.url);
    await expect(tool.call({})).rejects.toMatchObject({ code: "SOURCE_ANSWER_INVALID" });
    expect([Reflect.get({}, "polluted"), Reflect.get([], "polluted")]).toEqual([undefined, undefined]);
  });

  it("may be of what is the value's own", async () => {
    await using server = await spaceServer({ endpoints: [changing(["list", 0])] });
    expect(await (await toolFromSpace(server.url)).call({})).toEqual({});
  });

  it.each(["__proto__", "constructor", "toString"])("names an endpoint or an argument %s", async (name) => {
    const endpoint = { ...changing([]), name, parameters: [anyValue(name)], run: (data: readonly unknown[]) => data };
    await using server = await spaceServer({ endpoints: [endpoint] });
    const tool = await toolFromSpace(server.url, { name: "fine" }).catch((error: unknown) => error);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(tool).toBeDefined();
  });
});
