import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { hostFetch } from "./host-fetch.ts";
import { closing, serve, serveRaw } from "./test-support/test-server.ts";

const call = { signal: new AbortController().signal };
const get = (url: string) => ({ url, method: "GET", headers: [] as [string, string][] });
const zeros = Buffer.alloc(20 * 1024 * 1024);

describe("hostFetch, whatever the answer", () => {
  it("does not read a body whose length is told and too large", async () => {
    let closed: Promise<unknown> | undefined;
    await using server = await serve((_request, response) => {
      closed = closing(response);
      response.writeHead(200, { "content-length": "1000000000" }).write("x");
    });
    const fetch = hostFetch({ hosts: [server.host], maxResponseBytes: 100 });
    await expect(fetch(get(server.url), call)).rejects.toMatchObject({
      code: "FETCH_TOO_LARGE",
      message: `The answer of ${server.host} is larger than 100 bytes (maxResponseBytes)`,
    });
    await closed;
  });

  it("cuts off a body whose length is not told", async () => {
    let closed: Promise<unknown> | undefined;
    await using server = await serve((_request, response) => {
      closed = closing(response);
      const write = (): void => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
      };
      response.on("drain", write);
      write();
    });
    const fetch = hostFetch({ hosts: [server.host], maxResponseBytes: 100_000 });
    await expect(fetch(get(server.url), call)).rejects.toMatchObject({ code: "FETCH_TOO_LARGE" });
    await closed;
  });

  it("takes a body of exactly the limit, and none of a byte more", async () => {
    await using server = await serve((request, response) => {
      response.write("x".repeat(100));
      response.end(request.url === "/more" ? "x" : "");
    });
    const fetch = hostFetch({ hosts: [server.host], maxResponseBytes: 100 });
    expect(Buffer.from((await fetch(get(server.url), call)).body, "base64")).toHaveLength(100);
    await expect(fetch(get(`${server.url}/more`), call)).rejects.toMatchObject({ code: "FETCH_TOO_LARGE" });
  });

  it.each([
    ["gzip", gzipSync(zeros)],
    ["br", brotliCompressSync(zeros)],
    ["gzip, gzip", gzipSync(gzipSync(zeros))],
  ])("counts what a bomb of %s is after decompression", async (encoding, bytes) => {
    expect(bytes.length).toBeLessThan(100_000);
    await using server = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": encoding }).end(bytes);
    });
    const fetch = hostFetch({ hosts: [server.host], maxResponseBytes: 100_000 });
    await expect(fetch(get(server.url), call)).rejects.toMatchObject({ code: "FETCH_TOO_LARGE" });
  });

  it("decompresses what fits", async () => {
    await using server = await serve((request, response) => {
      expect(request.headers["accept-encoding"]).toContain("gzip");
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("hello"));
    });
    const { body } = await hostFetch({ hosts: [server.host] })(get(server.url), call);
    expect(Buffer.from(body, "base64").toString()).toBe("hello");
  });

  it("learns the size of a large file by HEAD", async () => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { "content-length": "1000000000" }).end();
    });
    const fetch = hostFetch({ hosts: [server.host], maxResponseBytes: 100 });
    const { headers, body } = await fetch({ ...get(server.url), method: "HEAD" }, call);
    expect(headers).toContainEqual(["content-length", "1000000000"]);
    expect(body).toBe("");
  });

  it.each<[what: string, head: string]>([
    ["a header that is too long", `x: ${"y".repeat(100_000)}\r\n`],
    ["too many headers", "x: y\r\n".repeat(20_000)],
  ])("refuses %s", async (_what, headers) => {
    await using server = await serveRaw((socket) => {
      socket.end(`HTTP/1.1 200 OK\r\n${headers}content-length: 0\r\n\r\n`);
    });
    await expect(hostFetch({ hosts: [server.host] })(get(server.url), call)).rejects.toMatchObject({
      code: "FETCH_FAILED",
      message: expect.stringContaining("Headers Overflow"),
    });
  });

  it.each([
    ["no HTTP", "220 mail.example.org ESMTP\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx"],
    ["a length and chunks", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["a body that breaks off", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"],
    ["a compressed body that is none", "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\nno"],
    ["another protocol", "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"],
  ])("fails in good order on %s", async (_what, answer) => {
    await using server = await serveRaw((socket) => socket.end(answer));
    await expect(hostFetch({ hosts: [server.host] })(get(server.url), call)).rejects.toMatchObject({
      code: "FETCH_FAILED",
      message: expect.stringMatching(new RegExp(`^No answer of ${server.host}: .`)),
    });
  });

  it.each<[what: string, start: string]>([
    ["before the head", ""],
    ["in the head", "HTTP/1.1 200 OK\r\nx: "],
    ["in the body", "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nx"],
    ["in a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n"],
  ])("gives up on an answer that stops %s, and closes the connection", async (_what, start) => {
    let closed: Promise<unknown> | undefined;
    await using server = await serveRaw((socket) => {
      closed = closing(socket);
      socket.write(start);
    });
    const fetch = hostFetch({ hosts: [server.host], timeoutMs: 100 });
    await expect(fetch(get(server.url), call)).rejects.toMatchObject({
      code: "FETCH_TIMEOUT",
      message: `${server.host} did not answer to the end within 100 ms (timeoutMs)`,
    });
    await closed;
  });

  it("gives up on a body that never ends, although each part comes soon", async () => {
    const timers: NodeJS.Timeout[] = [];
    await using server = await serve((_request, response) => {
      timers.push(setInterval(() => response.write("x"), 5));
    });
    const fetch = hostFetch({ hosts: [server.host], timeoutMs: 100 });
    await expect(fetch(get(server.url), call)).rejects.toMatchObject({ code: "FETCH_TIMEOUT" });
    for (const timer of timers) clearInterval(timer);
  });

  it("counts the time of all redirects together", async () => {
    await using server = await serve((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: "/" }).end(), 30);
    });
    const fetch = hostFetch({ hosts: [server.host], timeoutMs: 100 });
    await expect(fetch(get(server.url), call)).rejects.toMatchObject({ code: "FETCH_TIMEOUT" });
  });

  it.each<[what: string, start: string]>([
    ["before an answer", ""],
    ["in the middle of an answer", "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nx"],
  ])("ends with the call %s, for the call's own reason", async (_what, start) => {
    const abort = new AbortController();
    let closed: Promise<unknown> | undefined;
    await using server = await serveRaw((socket) => {
      closed = closing(socket);
      socket.write(start, () => abort.abort(new Error("over")));
    });
    const pending = hostFetch({ hosts: [server.host] })(get(server.url), { signal: abort.signal });
    await expect(pending).rejects.toThrow("over");
    await closed;
  });

  it("does nothing for a call that is over already", async () => {
    let requests = 0;
    await using server = await serve(() => (requests += 1));
    const signal = AbortSignal.abort(new Error("over"));
    await expect(hostFetch({ hosts: [server.host] })(get(server.url), { signal })).rejects.toThrow("over");
    expect(requests).toBe(0);
  });

  it("makes so many requests at a time and lets the others wait, however long", async () => {
    let open = 0;
    let most = 0;
    await using server = await serve((_request, response) => {
      most = Math.max(most, (open += 1));
      setTimeout(() => {
        open -= 1;
        response.end();
      }, 40);
    });
    // Together they take longer than the time limit of one.
    const fetch = hostFetch({ hosts: [server.host], maxConcurrent: 2, timeoutMs: 1000 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => fetch(get(server.url), call)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
    expect(most).toBe(2);
  });

  it("lets a call that waits give up", async () => {
    await using server = await serve(() => {});
    const fetch = hostFetch({ hosts: [server.host], maxConcurrent: 1, timeoutMs: 500 });
    const first = fetch(get(server.url), call).catch((error: { code: string }) => error.code);
    const abort = new AbortController();
    const second = fetch(get(server.url), { signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    expect(await first).toBe("FETCH_TIMEOUT");
  });

  it("refuses a request with a body that is too large before anything is sent", async () => {
    let requests = 0;
    await using server = await serve(() => (requests += 1));
    const fetch = hostFetch({ hosts: [server.host], maxRequestBytes: 10 });
    const body = Buffer.alloc(11).toString("base64");
    await expect(fetch({ ...get(server.url), method: "POST", body }, call)).rejects.toMatchObject({
      code: "FETCH_BAD_REQUEST",
    });
    expect(requests).toBe(0);
  });
});
