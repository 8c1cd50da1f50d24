import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { convertOpenApi } from "./convert-openapi.ts";

it("operations of a document at an address go to its host, but for those that name another server", async () => {
  const operation = { summary: "Acts.", responses: { 204: { description: "Done." } } };
  const document = {
    openapi: "3.1.0",
    info: { title: "A", version: "1" },
    servers: [{ url: "/v1" }],
    paths: {
      "/here": { get: { operationId: "here", ...operation } },
      "/there": { get: { operationId: "there", ...operation, servers: [{ url: "https://other.example/v2" }] } },
    },
  };
  const server = createServer((_, response) => void response.end(JSON.stringify(document))).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { signal } = new AbortController();
  const options = { signal, environment: {}, env: [], timeoutMs: 10_000, dropsBadPatterns: false };
  const { tools } = await convertOpenApi(`http://${host}/docs/a.json`, options);
  const chosen = await convertOpenApi(`http://${host}/docs/a.json`, { ...options, server: "https://mine.example" });
  server.close();
  expect(tools.map(({ permissions }) => permissions?.net)).toEqual([[host], ["other.example"]]);
  expect(tools[0]?.body).toContain(`server: "http://${host}/v1"`);
  expect(chosen.tools.map(({ permissions }) => permissions?.net)).toEqual([["mine.example"], ["mine.example"]]);
});

it.each([
  ["hello", "a text"],
  ["- a\n- b", "a list"],
  ["", "nothing"],
  ["12", "a number"],
])("the file %j holds %s, and is no document", async (text, what) => {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-openapi-"));
  const file = join(folder, "a.yaml");
  await writeFile(file, text);
  const { signal } = new AbortController();
  const options = { signal, environment: {}, env: [], timeoutMs: 10_000, dropsBadPatterns: false };
  const error = await convertOpenApi(file, options).catch((thrown: unknown) => thrown);
  await rm(folder, { recursive: true });
  expect(error).toMatchObject({
    code: "CONVERT_SOURCE_INVALID",
    message: expect.stringContaining(`it holds ${what}, `),
  });
});
