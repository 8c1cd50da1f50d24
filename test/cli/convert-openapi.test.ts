import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requiredHosts, toolsFromOpenApi } from "@smoltools/adapters/openapi";
import { isMediaRef, type Tool } from "@smoltools/core";
import { loadPackage, type LoadedPackage } from "@smoltools/hub";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiServer, apiServer } from "../adapters/openapi-server.ts";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { answer, documentOf, png, secrets, yamlOf } from "./petstore.ts";
import type { CliResult } from "./run-cli.ts";
import { smoltoolsHere } from "./run-here.ts";

let service: ApiServer;
let hub: Awaited<ReturnType<typeof testHub>>;
let env: Record<string, string>;
let file: string;
let project: string;
let document: ReturnType<typeof documentOf>;

const run = (...args: string[]) => smoltoolsHere(args, { cwd: hub.folder, env });
const convert = (...args: string[]) => run("convert", "openapi", file, "--name", "acme/petstore", ...args);
const written = (path: string) => readFile(join(project, path), "utf8");

beforeAll(async () => {
  service = await apiServer(answer);
  hub = await testHub();
  env = { HF_ENDPOINT: hub.server.url, HF_TOKEN: writeToken, HF_HOME: join(hub.folder, "home"), HOME: hub.folder };
  file = join(hub.folder, "petstore.yaml");
  project = join(hub.folder, "petstore");
  document = documentOf(service.url);
  await writeFile(file, yamlOf(document));
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await hub[Symbol.asyncDispose]();
});

describe("an OpenAPI document that is converted and published", () => {
  let [made, checked]: CliResult[] = [];
  let loaded: LoadedPackage;
  let before: Tool[];
  const operations = ["getPet", "delete", "addPet", "photo", "setPhoto", "form", "gone"];

  beforeAll(async () => {
    made = await convert("--out", project, "--version", "1.0.0", "--license", "MIT", "--json");
    checked = await run("check", project, "--json");
    await run("push", join(project, "src/tools.js"), "acme/petstore", "--yes");
    loaded = await loadPackage("acme/petstore@^1", hub.options({ permissions: "declared", env: secrets }));
    before = await toolsFromOpenApi(document, {
      operations,
      fetch: service.fetch,
      auth: ({ name }) =>
        ({ api_key: secrets.PETSTORE_API_KEY, basic: secrets.PETSTORE_LOGIN, token: secrets.PETSTORE_TOKEN })[name],
    });
  });
  afterAll(() => loaded?.[Symbol.asyncDispose]());
  beforeEach(() => void service.arrived.splice(0));

  it("is a project that passes its check", () => {
    expect(JSON.parse(made?.stdout ?? "")).toMatchObject({
      name: "acme/petstore",
      tools: ["getPet", "delete_", "addPet", "photo", "setPhoto", "form", "gone"],
      source: { kind: "openapi", title: "Swagger Petstore", version: "1.2" },
      warnings: [expect.stringContaining('"odd" cannot be used')],
    });
    expect(JSON.parse(checked?.stdout ?? "")).toMatchObject({ ok: true, findings: [], runtime: "js" });
  });

  it("declares what toolsFromOpenApi declares", () => {
    const declared = (tools: readonly Tool[]) =>
      tools.map(({ name, description, inputSchema, outputSchema, annotations }) => {
        return { name, description, inputSchema, outputSchema, annotations };
      });
    expect(declared(loaded.tools)).toEqual(declared(before));
  });

  it("asks for its host, and for the variables with its credentials, and says where it is from", () => {
    const { permissions, source } = loaded.manifest;
    expect(permissions).toMatchObject({ net: [service.host], env: Object.keys(secrets).sort(), run: [] });
    expect(permissions.net).toEqual(requiredHosts(document));
    expect(source).toMatchObject({
      kind: "openapi",
      title: "Swagger Petstore",
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each<[tool: string, input: object]>([
    ["getPet", { id: 7, tags: ["a b", "c&d"], "X-Trace": "t 1", lang: "de/CH" }],
    ["getPet", { id: 7 }],
    ["delete_", { id: "a/../b é" }],
    ["addPet", { name: "Rex \ud83d\udc15", parent: { name: "Old Rex" } }],
    ["form", { q: "a+b c", n: [1, 2] }],
  ])("sends for %s %j the request that the adapter sends, and gives the same result", async (name, input) => {
    const ours = loaded.tools.find((tool) => tool.name === name);
    const theirs = before.find((tool) => tool.name === name);
    const results = [await ours?.call(input), await theirs?.call(input)];
    expect(results[0]).toEqual(results[1]);
    const [one, other] = service.arrived.map(({ method, url, body, headers }) => {
      const { "x-api-key": key, authorization, cookie, accept, "content-type": type, "x-trace": trace } = headers;
      return { method, url, body: body.toString("utf8"), key, authorization, cookie, accept, type, trace };
    });
    expect(one).toEqual(other);
  });

  it("takes and gives files as media", async () => {
    const [photo, setPhoto] = ["photo", "setPhoto"].map((name) => loaded.tools.find((tool) => tool.name === name));
    const image = await photo?.call({});
    expect(isMediaRef(image) && [image.mediaType, Buffer.from(await image.bytes()).equals(png)]).toEqual([
      "image/png",
      true,
    ]);
    await setPhoto?.call({ file: image, title: "Rex" });
    const body = service.arrived.at(-1)?.body ?? Buffer.alloc(0);
    expect(body.includes(png)).toBe(true);
    expect(body.toString("latin1")).toContain('name="title"\r\n\r\nRex\r\n');
  });

  it("says what the server said, without the secret that it repeated", async () => {
    const call = loaded.tools.find(({ name }) => name === "gone")?.call({});
    await expect(call).rejects.toMatchObject({
      code: "TOOL_FAILED",
      message: "gone failed: HTTP 404 Not Found: no, [redacted]",
    });
  });

  it("names the variable that is missing, and sends nothing", async () => {
    await using without = await loadPackage("acme/petstore@^1", hub.options({ permissions: "declared", env: {} }));
    const call = without.tools.find(({ name }) => name === "getPet")?.call({ id: 1 });
    await expect(call).rejects.toThrow("getPet wants a sign-in: set the environment variable PETSTORE_API_KEY");
    expect(service.arrived).toEqual([]);
  });

  it("is shown by info with its source, and diff tells of another one", async () => {
    expect((await run("info", "acme/petstore")).stdout).toMatch(
      /converted from +the OpenAPI document Swagger Petstore 1\.2/,
    );
    const text = await written("package.json");
    await writeFile(
      join(project, "package.json"),
      text.replace('"version": "1.0.0"', '"version": "1.0.1"').replace('"version": "1.2"', '"version": "1.3"'),
    );
    const out = join(hub.folder, "package");
    expect((await run("build", project, "--out", out)).code).toBe(0);
    expect((await run("diff", "acme/petstore@1.0.0", out)).stdout).toContain(
      "converted from the OpenAPI document Swagger Petstore 1.3 instead of the OpenAPI document Swagger Petstore 1.2",
    );
    await writeFile(join(project, "package.json"), text);
  });
});

it("a document at an address has its paths where it is, unless it says otherwise", async () => {
  const { servers: _servers, ...rest } = document;
  await using home = await apiServer(() => ({ type: "application/json", body: JSON.stringify(rest) }));
  const args = [
    "convert",
    "openapi",
    `${home.url}/docs/openapi.json`,
    "--operations",
    "GET /photo",
    "--yes",
    "--out",
    join(hub.folder, "at"),
  ];
  const { stdout } = await run(...args, "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    name: "me/swagger-petstore",
    source: { url: `${home.url}/docs/openapi.json` },
  });
  expect(await readFile(join(hub.folder, "at/src/tools.js"), "utf8")).toContain(`server: "${home.url}"`);
});
