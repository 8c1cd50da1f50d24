import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { hubFetch } from "./hub-fetch.ts";

async function serve(listener: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("hubFetch", () => {
  it("repeats a read that failed for a moment", async () => {
    let count = 0;
    await using server = await serve((_request, response) => {
      count++;
      response.writeHead(count < 3 ? 503 : 200, { "retry-after": "0" }).end("ok");
    });
    const response = await hubFetch()(`${server.url}/x`);
    expect([await response.text(), count]).toEqual(["ok", 3]);
  });

  it("does not repeat a write", async () => {
    let count = 0;
    await using server = await serve((_request, response) => {
      count++;
      response.writeHead(503).end();
    });
    expect((await hubFetch()(server.url, { method: "POST", body: "x" })).status).toBe(503);
    expect(count).toBe(1);
  });

  it("gives the last answer back when the tries are used up", async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(429, { "retry-after": "0" }).end();
    });
    expect((await hubFetch({ retries: 1 })(server.url)).status).toBe(429);
  });

  it("sends the token to no other origin", async () => {
    const seen: (string | undefined)[] = [];
    const note = (request: IncomingMessage) => seen.push(request.headers.authorization);
    await using cdn = await serve((request, response) => {
      note(request);
      response.end("bytes");
    });
    await using hub = await serve((request, response) => {
      note(request);
      response.writeHead(302, { location: request.url === "/a" ? "/b" : `${cdn.url}/file` }).end();
    });
    const response = await hubFetch()(`${hub.url}/a`, { headers: { authorization: "Bearer hf_secret" } });
    expect(await response.text()).toBe("bytes");
    expect(seen).toEqual(["Bearer hf_secret", "Bearer hf_secret", undefined]);
  });

  it("ends a circle of redirects", async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(302, { location: "/again" }).end();
    });
    await expect(hubFetch({ retries: 0 })(server.url)).rejects.toMatchObject({ code: "HUB_RESPONSE_INVALID" });
  });

  it("gives up on a hub that does not answer", async () => {
    await using server = await serve(() => {});
    await expect(hubFetch({ timeoutMs: 50, retries: 0 })(server.url)).rejects.toMatchObject({ code: "HUB_TIMEOUT" });
  });

  it("gives a large body time to be sent", async () => {
    await using server = await serve((request, response) => {
      request.resume().on("end", () => setTimeout(() => response.end("done"), 150));
    });
    // Without the time for its 640 kB, which is ten seconds, 50 ms would not do.
    const body = "x".repeat(640 * 1024);
    const response = await hubFetch({ timeoutMs: 50, retries: 0 })(server.url, { method: "POST", body });
    expect(await response.text()).toBe("done");
  });

  it("says that nobody listens", async () => {
    const server = await serve(() => {});
    await server[Symbol.asyncDispose]();
    await expect(hubFetch({ retries: 0 })(server.url)).rejects.toMatchObject({ code: "HUB_UNAVAILABLE" });
  });

  it("rejects with the caller's own reason when aborted", async () => {
    await using server = await serve(() => {});
    const reason = new Error("enough");
    await expect(hubFetch()(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
