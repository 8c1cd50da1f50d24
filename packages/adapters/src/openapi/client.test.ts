import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callOperation } from "./client.ts";

const mebibyte = Buffer.alloc(1024 * 1024, "a");
let sent = 0;

const server = createServer((request, response) => {
  response.setHeader("content-type", "text/plain");
  if (request.url === "/small") return void response.end("grüß dich");
  if (request.url === "/nothing") return void response.writeHead(204).end();
  const more = (): void => {
    // An answer without end, as far as the client lets it come.
    while (!response.destroyed && sent < 200) {
      sent++;
      if (!response.write(mebibyte)) return void response.once("drain", more);
    }
    response.end();
  };
  more();
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => void server.close());

const call = (path: string) => {
  const { port } = server.address() as AddressInfo;
  const where = { method: "GET", server: `http://127.0.0.1:${port}`, path, accept: "*/*" };
  return callOperation("act", { ...where, parameters: [], security: [] }, {});
};

it("an answer is read whole", async () => {
  expect(await call("/small")).toBe("grüß dich");
  expect(await call("/nothing")).toBeNull();
});

it("an answer without end is read as far as tells that it is too large", async () => {
  await expect(call("/endless")).rejects.toMatchObject({ code: "SOURCE_TOO_LARGE" });
  expect(sent).toBeLessThan(60);
});
