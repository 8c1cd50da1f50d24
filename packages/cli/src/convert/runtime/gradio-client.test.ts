import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { loadRuntime } from "../source/runtime-module.ts";

const { callEndpoint } = (await loadRuntime("gradio-client.js")) as {
  callEndpoint(space: object, name: string, input: object): Promise<unknown>;
};

const parameters = [
  { parameter_name: "toString", parameter_has_default: true, parameter_default: "given", component: "Textbox", type: { type: "string" } }, // prettier-ignore
];
const returns = [{ component: "Textbox", type: { type: "string" } }];
const endpoint = { parameters, returns, inputs: [0], outputs: [0] };

/** What the app says of its failure; without it, its result is what it was sent. */
let failure: string | undefined;
let sent = "";
let arrived = 0;
const app = createServer(async (request, response) => {
  arrived++;
  let body = "";
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
  if (request.url === "/info") return void response.end(JSON.stringify({ named_endpoints: { "/say": endpoint } }));
  if (request.method === "POST") {
    sent = body;
    return void response.end('{"event_id":"1"}');
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  const { data } = JSON.parse(sent) as { data: unknown };
  response.end(`event: ${failure ? "error" : "complete"}\ndata: ${JSON.stringify(failure ?? data)}\n\n`);
});
beforeAll(async () => {
  app.listen(0, "127.0.0.1");
  await once(app, "listening");
});
afterAll(() => void app.close());
beforeEach(() => {
  failure = undefined;
  arrived = 0;
});

const call = (token?: string) => {
  const api = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  return callEndpoint({ name: "acme/say", api, endpoints: { "/say": endpoint }, ...(token && { token }) }, "/say", {});
};

it("an argument that nobody gave is its default, also where all objects have something of its name", async () => {
  expect(await call()).toBe("given");
});

it.each(["secret\nvalue", "secret\u00e9value"])(
  "the token %j, which is none, is neither sent nor repeated",
  async (token) => {
    const error = await call(token).catch((thrown: unknown) => String(thrown));
    expect(error).toContain("cannot be sent its token");
    expect(error).not.toContain("secret");
    expect(arrived).toBe(0);
  },
);

it("a failure repeats no part of the token, wherever it is cut", async () => {
  failure = `${"x".repeat(3990)}very-secret-token`;
  const error = await call("very-secret-token").catch((thrown: unknown) => String(thrown));
  expect(error).toMatch(/x\*\*\*$/);
});
