import { toolsFromSpace } from "@smoltools/adapters/space";
import { isMediaRef, MediaRef } from "@smoltools/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { convertSpace } from "../../packages/cli/src/convert/space/convert-space.ts";
import { anyValue, type ServedEndpoint, type SpaceServer, spaceServer } from "../adapters/space-server.ts";
import { builtConversion, type ConvertedPackage, convertOptions, loadedTools } from "./converted-package.ts";

const meta = { _type: "gradio.FileData" };
const fileType = { type: "object", properties: { path: { type: "string" }, meta: { default: meta } } };
const state = { type: "state" };
const picture = MediaRef.fromBytes(new Uint8Array([137, 80, 78, 71]), { mediaType: "image/png", name: "dot.png" });
const text = { type: "string" };

const endpoints: ServedEndpoint[] = [
  {
    name: "greet",
    description: "Greets.",
    parameters: [
      anyValue("name", text),
      { ...anyValue("times", { type: "integer" }), parameter_has_default: true, parameter_default: 2 },
    ],
    returns: [anyValue("said", text)],
    run: ([name, times]) => [`Hello ${String(name)} `.repeat(Number(times)).trim()],
  },
  {
    name: "remember",
    parameters: [anyValue("text", text)],
    returns: [anyValue("count", { type: "integer" }), anyValue("said", text)],
    inputs: [state, {}],
    outputs: [{}, state, {}],
    run: ([kept, said]) => [kept === null ? 1 : 0, "hidden", said],
  },
  {
    name: "turn",
    parameters: [{ ...anyValue("image", fileType), component: "Image" }],
    returns: [{ ...anyValue("turned", fileType), component: "Image" }],
    run: (data) => data,
  },
  {
    name: "fail",
    parameters: [anyValue("text", text)],
    returns: [anyValue("said", text)],
    run: () => {
      throw new Error("the <b>well</b> is dry\u001b[31m");
    },
  },
  { name: "nothing", parameters: [], returns: [], run: () => [] },
];

describe("a Space, as a package", () => {
  let server: SpaceServer;
  let built: ConvertedPackage;
  let warnings: readonly string[];
  beforeAll(async () => {
    server = await spaceServer({ endpoints });
    const conversion = await convertSpace(server.url, convertOptions());
    ({ warnings } = conversion);
    built = await builtConversion(conversion);
  });
  // A test that was ended by its time limit goes on, and must not decide what the next one finds.
  beforeEach(() => void (server.options = { endpoints }));
  afterAll(async () => {
    await built[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it("declares what the adapter declares, and may reach that host alone", async () => {
    await using space = await toolsFromSpace(server.url);
    const declared = (await space.tools()).map(({ name, description, inputSchema, outputSchema }) => ({
      name,
      description,
      inputSchema,
      outputSchema,
    }));
    expect(built.manifest.tools).toEqual(JSON.parse(JSON.stringify(declared)));
    expect(warnings).toEqual([]);
    expect(built.manifest).toMatchObject({
      source: { kind: "space", space: server.url },
      permissions: { net: [new URL(server.url).host], env: [], run: [] },
    });
  });

  it("takes defaults, keeps states from callers, and gives what the adapter gives", async () => {
    await using space = await toolsFromSpace(server.url);
    const own = new Map((await space.tools()).map((tool) => [tool.name, tool]));
    await using tools = await loadedTools(built.path);
    for (const [name, input] of [
      ["greet", { name: "Ann" }],
      ["greet", { name: "Ann", times: 1 }],
      ["remember", { text: "x" }],
      ["nothing", {}],
    ] as const) {
      expect(await tools.call(name, input)).toEqual(await own.get(name)?.call(input));
    }
  });

  it.each<[string, unknown]>([
    ["media", picture],
    ["a data: address", "data:image/png;base64,iVBORw=="],
  ])("sends a file that is %s, and gives the bytes of one", async (_what, image) => {
    await using tools = await loadedTools(built.path);
    const turned = await tools.call("turn", { image });
    expect(isMediaRef(turned) && [turned.kind, turned.mediaType, [...(await turned.bytes())]]).toEqual([
      "image",
      "image/png",
      [137, 80, 78, 71],
    ]);
  });

  it("leaves a file on the web where it is", async () => {
    await using tools = await loadedTools(built.path);
    const url = "https://example.org/a.png";
    expect(await tools.call("turn", { image: url })).toMatchObject({ url, kind: "image" });
  });

  it.each<[object]>([
    [{ image: "/etc/passwd" }],
    [{ image: "file:///etc/passwd" }],
    [{ image: { path: "/etc/passwd", meta } }],
    [{ image: { kind: "image", mediaType: "image/png", path: "/etc/passwd", meta } }],
  ])("sends no file of the app's or of this machine: %j", async (input) => {
    await using tools = await loadedTools(built.path);
    server.arrived.length = 0;
    await expect(tools.call("turn", input)).rejects.toThrow(/wrong arguments|is no media/);
    expect(server.arrived.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("tells what an endpoint says of its failure, as text", async () => {
    await using tools = await loadedTools(built.path);
    await expect(tools.call("fail", { text: "a" })).rejects.toThrow(/^fail failed: the well is dry\[31m$/);
  });

  it.each<[string, (space: SpaceServer) => void, RegExp]>([
    [
      "has changed an endpoint",
      (space) => void (space.options = { endpoints: endpoints.map((each) => ({ ...each, parameters: [anyValue("who", text)] })) }), // prettier-ignore
      /declares its endpoint \/greet in another way than when this package was made: its parameters\..*--update/,
    ],
    ["has lost it", (space) => void (space.options = { endpoints: [] }), /has no endpoint \/greet/],
    [
      "answers HTML",
      (space) => void (space.options = { endpoints, answer: () => ({ body: "<html>" }) }),
      /page of HTML/,
    ],
    [
      "sleeps",
      (space) => void (space.options = { endpoints, answer: () => ({ status: 503, body: "<html>" }) }),
      /HTTP 503: does it sleep/,
    ],
    ["is private", (space) => void (space.options = { endpoints, answer: () => ({ status: 401 }) }), /is private/],
    [
      "breaks off",
      (space) => void (space.options = { endpoints: endpoints.map((each) => ({ ...each, run: (_data, call) => call.breakOff() })) }), // prettier-ignore
      /greet failed/,
    ],
    [
      "sends garbage",
      (space) => void (space.options = { endpoints: endpoints.map((each) => ({ ...each, run: (_data, call) => call.write("event: complete\ndata: {\n\n") })) }), // prettier-ignore
      /gives no list of results/,
    ],
    [
      "sends 100 MB",
      (space) => void (space.options = { endpoints: endpoints.map((each) => ({ ...each, run: (_data, call) => call.write("x".repeat(1e8)) })) }), // prettier-ignore
      /bytes/,
    ],
  ])("fails clearly when its Space %s", async (_what, change, expected) => {
    change(server);
    await using tools = await loadedTools(built.path);
    await expect(tools.call("greet", { name: "Ann" })).rejects.toThrow(expected);
  });

  it("ends a call that takes too long, or that nobody wants any more, and the app hears of it", async () => {
    let left = 0;
    const run = (_data: unknown, { signal }: { signal: AbortSignal }): Promise<never> =>
      new Promise(() => signal.addEventListener("abort", () => left++));
    server.options = { endpoints: endpoints.map((each) => ({ ...each, run })) };
    await using tools = await loadedTools(built.path);
    const controller = new AbortController();
    server.arrived.length = 0;
    const open = tools.call("greet", { name: "Ann" }, controller.signal);
    open.catch(() => undefined);
    const isWaiting = (): boolean => server.arrived.some(({ path }) => /\/call\/greet\/./.test(path));
    await expect.poll(isWaiting, { timeout: 10_000 }).toBe(true);
    controller.abort(new Error("enough"));
    await expect(open).rejects.toThrow("enough");
    await expect.poll(() => left, { timeout: 10_000 }).toBe(1);
    await using hurried = await loadedTools(built.path, { limits: { timeoutMs: 500 } });
    await expect(hurried.call("greet", { name: "Ann" })).rejects.toMatchObject({ code: "TOOL_TIMEOUT" });
  });
});

describe("convertSpace", () => {
  it("takes the endpoints that are named, and a token for those that want one", async () => {
    await using server = await spaceServer({ endpoints });
    const environment = { HF_TOKEN: "hf_secret" };
    const options = convertOptions({ tools: ["/greet"], env: ["HF_TOKEN"], environment });
    const conversion = await convertSpace(server.url, options);
    expect(conversion).toMatchObject({ tools: [{ name: "greet" }], permissions: { env: ["HF_TOKEN"] } });
    expect(Object.values(conversion.modules).join()).not.toContain("hf_secret");
    await using built = await builtConversion(conversion);
    await using tools = await loadedTools(built.path, { env: environment });
    server.arrived.length = 0;
    await tools.call("greet", { name: "Ann" });
    expect(new Set(server.arrived.map(({ headers }) => headers.authorization))).toEqual(new Set(["Bearer hf_secret"]));
  });

  it("finds by its hub where a Space runs", async () => {
    await using app = await spaceServer({ endpoints });
    const answers: Record<string, object> = { "/api/spaces/acme/demo/host": { host: app.url }, "/api/spaces/acme/demo/runtime": { stage: "RUNNING" } }; // prettier-ignore
    await using hub = await spaceServer({
      endpoints: [],
      answer: ({ path }) => (answers[path] ? { body: JSON.stringify(answers[path]) } : { status: 404, body: "{}" }),
    });
    const options = convertOptions({ environment: { HF_ENDPOINT: hub.url } });
    expect(await convertSpace("acme/demo", options)).toMatchObject({
      suggestedName: "demo",
      source: { kind: "space", space: "acme/demo" },
      permissions: { net: [new URL(app.url).host] },
    });
    await expect(convertSpace("acme/gone", options)).rejects.toMatchObject({ code: "CONVERT_SOURCE_UNREACHABLE" });
    answers["/api/spaces/acme/large/host"] = { host: app.url, more: "x".repeat(17 * 1024 * 1024) };
    await expect(convertSpace("acme/large", options)).rejects.toMatchObject({
      code: "CONVERT_SOURCE_UNREACHABLE",
      message: expect.stringContaining("16777216"),
    });
  });

  it("reads no Space that leads to another host", async () => {
    await using app = await spaceServer({ endpoints });
    await using front = await spaceServer({
      endpoints: [],
      answer: ({ path }) => ({ status: 302, headers: { location: `${app.url}${path}` } }),
    });
    await expect(convertSpace(front.url, convertOptions())).rejects.toThrow("to another host");
  });

  it.each<[string, string, object]>([
    ["what names no Space", "a b c", { code: "CONVERT_SOURCE_INVALID" }],
    ["an address with a password", "https://ann:pw@example.org", { code: "CONVERT_SOURCE_INVALID" }],
    ["nothing that answers", "http://127.0.0.1:1", { code: "CONVERT_SOURCE_UNREACHABLE" }],
  ])("refuses %s", async (_what, space, expected) => {
    await expect(convertSpace(space, convertOptions())).rejects.toMatchObject(expected);
  });

  it("says which endpoint there is not", async () => {
    await using server = await spaceServer({ endpoints });
    const options = convertOptions({ tools: ["gret"] });
    await expect(convertSpace(server.url, options)).rejects.toMatchObject({ code: "CONVERT_TOOL_UNKNOWN" });
  });
});
