import { setTimeout as sleep } from "node:timers/promises";
import { type SpaceEvent, toolFromSpace, toolsFromSpace, type SpaceToolsOptions } from "@smoltools/adapters/space";
import { isMediaRef, MediaRef, type Tool } from "@smoltools/core";
import { describe, expect, it } from "vitest";
import { anyValue, type ServedEndpoint, type SpaceServer, spaceServer } from "./space-server.ts";

const echo: ServedEndpoint = {
  name: "echo",
  parameters: [anyValue("text", { type: "string" })],
  returns: [anyValue("said", { type: "string" })],
  run: (data) => data,
};
const fileType = {
  type: "object",
  title: "FileData",
  properties: { path: { type: "string" }, meta: { type: "object", default: { _type: "gradio.FileData" } } },
};
const picture: ServedEndpoint = {
  name: "picture",
  parameters: [{ ...anyValue("picture", fileType), component: "Image", label: "Picture" }],
  returns: [{ ...anyValue("value_2", fileType), component: "Image" }],
  run: (data) => data,
};
const image = MediaRef.fromBytes(new Uint8Array([137, 80, 78, 71]), { mediaType: "image/png", name: "dot.png" });

async function offered(endpoint: ServedEndpoint, options: SpaceToolsOptions = {}) {
  const server = await spaceServer({ endpoints: [endpoint] });
  const space = await toolsFromSpace(server.url, options);
  const [tool] = await space.tools();
  if (tool === undefined) throw new Error("there is no tool");
  return {
    server,
    space,
    tool,
    [Symbol.asyncDispose]: async () => {
      await space[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function declared(endpoint: Omit<ServedEndpoint, "name" | "run">): Promise<Tool> {
  await using space = await offered({ name: "made", run: () => [], ...endpoint });
  return space.tool;
}

const argumentOf = async (parameter: object, component: object = {}): Promise<unknown> =>
  (await declared({ parameters: [parameter], inputs: [component] })).inputSchema.properties?.["value"];

describe("an argument of a Space", () => {
  it.each<[string, object, object, object]>([
    ["keeps a label and a note", { label: "Name" }, { props: { info: "Whom?" } }, { description: "Name. Whom?" }],
    ["has no label that nobody wrote", { label: "parameter_12" }, {}, {}],
    ["keeps an integer", { type: { type: "integer" } }, {}, { type: "integer" }],
    ["keeps choices", { type: { type: "string", enum: ["a"] } }, {}, { type: "string", enum: ["a"] }],
    [
      "has no choices where others may be written",
      { type: { type: "string", enum: ["a"] } },
      { props: { allow_custom_value: true } },
      { type: "string" },
    ],
    [
      "has the bounds of its slider",
      { type: { type: "number", description: "numeric value between 1 and 9" } },
      { props: { minimum: 1, maximum: 9 } },
      { type: "number", minimum: 1, maximum: 9 },
    ],
    ["may be any JSON", { type: { type: {}, description: "any valid json" } }, {}, {}],
    [
      "has its default",
      { type: { type: "boolean" }, parameter_has_default: true, parameter_default: false },
      {},
      { type: "boolean", default: false },
    ],
  ])("%s", async (_name, parameter, component, schema) => {
    expect(await argumentOf({ ...anyValue("value"), label: "", ...parameter }, component)).toEqual(schema);
  });

  it("is required unless it has a default, and is in the order of the app", async () => {
    const parameters = [
      anyValue("b"),
      { ...anyValue("a"), parameter_has_default: true, parameter_default: null },
      anyValue("c"),
    ];
    const { inputSchema } = await declared({ parameters });
    expect([Object.keys(inputSchema.properties ?? {}), inputSchema.required]).toEqual([
      ["b", "a", "c"],
      ["b", "c"],
    ]);
  });

  it("is media or an address where the app takes a file", async () => {
    const schema = await argumentOf({ ...anyValue("value", fileType), component: "Image", label: "" });
    expect(schema).toMatchObject({ anyOf: [{ properties: { kind: { const: "image" } } }, { type: "string" }] });
  });

  it("is not there for a state, which the app keeps itself", async () => {
    const seen: (readonly unknown[])[] = [];
    const endpoint: ServedEndpoint = {
      ...echo,
      inputs: [{ type: "state" }, {}],
      outputs: [{}, { type: "state" }],
      run: (data) => {
        seen.push(data);
        return ["said", "secret"];
      },
    };
    await using space = await offered(endpoint);
    expect([Object.keys(space.tool.inputSchema.properties ?? {}), await space.tool.call({ text: "a" })]).toEqual([
      ["text"],
      "said",
    ]);
    expect(seen).toEqual([[null, "a"]]);
  });

  it("that is left out is the app's default", async () => {
    const text = { ...anyValue("text", { type: "string" }), parameter_has_default: true, parameter_default: "moo" };
    await using space = await offered({ ...echo, parameters: [text] });
    expect(await space.tool.call({})).toBe("moo");
  });
});

describe("the result of a Space", () => {
  it.each<[string, number, unknown[], unknown]>([
    ["is null without outputs", 0, [], null],
    ["is the value of the only output", 1, ["a"], "a"],
    ["is the list that the only output is", 1, [["a"]], ["a"]],
    ["is the list of several outputs", 2, ["a", null], ["a", null]],
    ["is the value within a change of how it is shown", 1, [{ __type__: "update", value: 3 }], 3],
  ])("%s", async (_name, count, data, result) => {
    const returns = Array.from({ length: count }, () => anyValue("value_1"));
    await using space = await offered({ ...echo, returns, run: () => data });
    expect(await space.tool.call({ text: "" })).toEqual(result);
  });

  it("has the names of several outputs in its schema", async () => {
    const { outputSchema } = await declared({ returns: [anyValue("Text", { type: "string" }), anyValue("value_9")] });
    expect(outputSchema).toMatchObject({
      type: "array",
      prefixItems: [{ description: "Text", anyOf: [{ type: "string" }, { type: "null" }] }, {}],
    });
  });
});

describe("a file", () => {
  it("is uploaded, and comes back as media with the same bytes", async () => {
    await using space = await offered(picture);
    const result = await space.tool.call({ picture: image });
    expect(isMediaRef(result) && [result.mediaType, result.name, await result.bytes()]).toEqual([
      "image/png",
      "dot.png",
      await image.bytes(),
    ]);
  });

  it("is fetched only when somebody reads it, and from the app's own address", async () => {
    await using space = await offered(picture);
    const result = await space.tool.call({ picture: image });
    const paths = (): string[] =>
      space.server.arrived.map(({ path }) => path).filter((path) => path.includes("/file="));
    expect(paths()).toEqual([]);
    await (isMediaRef(result) && result.bytes());
    expect(paths()).toEqual(["/gradio_api/file=/srv/uploads/0/dot.png"]);
  });

  it("on the web is left to the app", async () => {
    await using space = await offered({
      ...picture,
      returns: [anyValue("value_1")],
      run: ([file]) => [JSON.stringify(file)],
    });
    const url = "https://example.org/dot.png";
    const shown = await space.tool.call({ picture: url });
    expect(JSON.parse(String(shown))).toEqual({ path: url, url, meta: { _type: "gradio.FileData" } });
    expect(space.server.arrived.filter(({ path }) => path.includes("upload"))).toEqual([]);
  });

  it("in a data: address is uploaded", async () => {
    await using space = await offered(picture);
    const result = await space.tool.call({ picture: "data:image/gif;base64,R0lG" });
    expect(isMediaRef(result) && [result.mediaType, await result.bytes()]).toEqual([
      "image/gif",
      new Uint8Array([71, 73, 70]),
    ]);
  });

  it("that is sent may be too large", async () => {
    await using space = await offered(picture, { maxFileBytes: 3 });
    await expect(space.tool.call({ picture: image })).rejects.toMatchObject({ code: "SOURCE_TOO_LARGE" });
    expect(space.server.files.size).toBe(0);
  });

  it("that comes may be too large", async () => {
    await using space = await offered(picture, { maxFileBytes: 4 });
    const result = await space.tool.call({ picture: image });
    space.server.files.set("/srv/uploads/0/dot.png", new Uint8Array(5));
    await expect(isMediaRef(result) && result.bytes()).rejects.toMatchObject({ code: "SOURCE_TOO_LARGE" });
  });
});

describe("the events of a call", () => {
  const counting: ServedEndpoint = {
    ...echo,
    returns: [anyValue("value_1")],
    run: (_data, { send }) => {
      send({ msg: "estimation", rank: 2, queue_size: 5, rank_eta: 1.5 });
      const progress = { progress: 0.5, index: 1, length: 2, unit: "steps", desc: "half" };
      send({ msg: "progress", progress_data: [progress] });
      send({ msg: "log", level: "warning", log: "slow\u001b[31m", title: "", duration: null, visible: true });
      send({ msg: "process_generating", output: { data: [{ list: [1] }] }, success: true });
      const edit = ["append", ["list", 0], 1];
      send({ msg: "process_generating", output: { data: [[edit, ["add", ["list", 1], 9]]] }, success: true });
      return [{ list: [2, 9] }];
    },
  };

  it("are told, and the last value is the result", async () => {
    const events: SpaceEvent[] = [];
    await using space = await offered(counting, { onProgress: (event) => events.push(event) });
    expect(await space.tool.call({ text: "" }, { toolCallId: "c1" })).toEqual({ list: [2, 9] });
    const about = { space: `space:${space.server.url}`, tool: "echo", toolCallId: "c1" };
    expect(events).toEqual([
      { ...about, kind: "queued", position: 0, size: 1 },
      { ...about, kind: "started" },
      { ...about, kind: "queued", position: 2, size: 5, etaMs: 1500 },
      { ...about, kind: "progress", progress: 0.5, done: 1, total: 2, unit: "steps", message: "half" },
      { ...about, kind: "log", level: "warning", message: "slow [31m" },
      { ...about, kind: "value", value: { list: [1] } },
      { ...about, kind: "value", value: { list: [2, 9] } },
    ]);
  });
});

describe("an endpoint that fails", () => {
  const failing = (message: string | undefined): ServedEndpoint => ({
    ...echo,
    run: () => {
      throw message === undefined ? undefined : new Error(message);
    },
  });

  it.each<[string, string | undefined, object]>([
    ["with a message", "<b>dry</b>\u001b[31m\r\nwell", { code: "TOOL_FAILED", message: "echo failed: dry[31m\nwell" }],
    ["with none", undefined, { code: "TOOL_FAILED", message: expect.stringContaining("does not say why") }],
    [
      "for the quota of ZeroGPU",
      "You have exceeded your GPU quota (60s requested vs. 56s left). Try again in 1:02:03",
      { code: "SOURCE_QUOTA", data: expect.objectContaining({ retryAfterMs: 3_723_000 }) },
    ],
  ])("%s says so", async (_name, message, error) => {
    await using space = await offered(failing(message));
    await expect(space.tool.call({ text: "" })).rejects.toMatchObject(error);
  });

  it("with an endless message says its beginning", async () => {
    await using space = await offered(failing("x".repeat(1_000_000)));
    const error: unknown = await space.tool.call({ text: "" }).catch((cause: unknown) => cause);
    expect(error instanceof Error && error.message.length).toBeLessThan(4100);
  });

  it("is not cancelled afterwards", async () => {
    await using space = await offered(failing("dry"));
    await space.tool.call({ text: "" }).catch(() => undefined);
    await space.space[Symbol.asyncDispose]();
    expect(space.server.arrived.filter(({ path }) => path.includes("cancel"))).toEqual([]);
  });
});

describe("the choice of an endpoint", () => {
  const two = [echo, { ...echo, name: "other-one" }];

  it("is the only one that there is", async () => {
    await using server = await spaceServer({ endpoints: [echo] });
    const tool = await toolFromSpace(server.url, { name: "say", description: "Says it." });
    expect([tool.name, tool.description, await tool.call({ text: "a" })]).toEqual(["say", "Says it.", "a"]);
    expect(tool.origin).toEqual({ kind: "space", space: server.url, endpoint: "/echo" });
  });

  it.each([
    ["none of two is chosen", {}],
    ["there is none of the name", { endpoint: "/third" }],
  ])("is refused with their names where %s", async (_name, options) => {
    await using server = await spaceServer({ endpoints: two });
    await expect(toolFromSpace(server.url, options)).rejects.toMatchObject({
      code: "ADAPTER_OPTIONS_INVALID",
      message: expect.stringContaining("/echo, /other-one"),
    });
  });

  it.each(["/other-one", "other-one"])("may be %s", async (endpoint) => {
    await using server = await spaceServer({ endpoints: two });
    expect((await toolFromSpace(server.url, { endpoint })).name).toBe("other_one");
  });

  it("is of a list for several tools", async () => {
    await using server = await spaceServer({ endpoints: two });
    await using space = await toolsFromSpace(server.url, { endpoints: ["/other-one"], prefix: "x_" });
    expect((await space.tools()).map(({ name }) => name)).toEqual(["x_other_one"]);
  });
});

describe("an app that does not queue", () => {
  it("is called directly", async () => {
    await using space = await offered({ ...echo, queue: false });
    expect(await space.tool.call({ text: "a" })).toBe("a");
    expect(space.server.arrived.some(({ path }) => path === "/gradio_api/run/echo")).toBe(true);
  });
});

describe("an app that was started anew", () => {
  const restart = async (server: SpaceServer, endpoints: readonly ServedEndpoint[]): Promise<void> => {
    server.options = { endpoints, config: { app_id: 8 } };
    // No app is there again in less.
    await sleep(120);
  };

  it("is asked again, and called by the new number of its function", async () => {
    await using space = await offered(echo);
    await restart(space.server, [{ ...echo, name: "new", run: () => ["wrong"] }, echo]);
    expect(await space.tool.call({ text: "a" })).toBe("a");
  });

  it.each<[string, readonly ServedEndpoint[]]>([
    ["without the endpoint", []],
    ["with other arguments", [{ ...echo, parameters: [anyValue("text", { type: "integer" })] }]],
  ])("%s is not called", async (_name, endpoints) => {
    await using space = await offered(echo);
    await restart(space.server, endpoints);
    await expect(space.tool.call({ text: "a" })).rejects.toMatchObject({
      code: "SOURCE_ANSWER_INVALID",
      message: expect.stringContaining("list its tools again"),
    });
    expect(space.server.arrived.filter(({ path }) => path.includes("join"))).toEqual([]);
  });

  it("gives its new tools, which are held against the pins", async () => {
    const checked: string[][] = [];
    const pins = {
      check: async (source: string, tools: readonly { name: string }[]) => {
        checked.push([source, ...tools.map(({ name }) => name)]);
      },
    };
    await using space = await offered(echo, { pins });
    await restart(space.server, [{ ...echo, name: "other" }]);
    const source = `space:${space.server.url}`;
    expect((await space.space.tools()).map(({ name }) => name)).toEqual(["other"]);
    expect(checked).toEqual([
      [source, "echo"],
      [source, "other"],
    ]);
  });
});
