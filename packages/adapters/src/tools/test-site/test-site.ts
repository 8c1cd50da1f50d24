import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { HostFetch } from "@smoltools/core";

/** A request as the server got it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers a request. */
export type Answer = (response: ServerResponse, request: SeenRequest) => void;

/** A loopback server that stands in for the whole web. */
export class TestSite implements AsyncDisposable {
  readonly seen: SeenRequest[] = [];
  /** Its own address. */
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, port: number, answer: Answer) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}`;
    server.on("request", (message, response) => {
      const chunks: Buffer[] = [];
      message.on("data", (chunk: Buffer) => chunks.push(chunk));
      message.on("end", () => {
        const { method = "", url = "", headers } = message;
        const request = { method, path: url, headers, body: Buffer.concat(chunks) };
        this.seen.push(request);
        answer(response, request);
      });
    });
  }

  static async start(answer: Answer): Promise<TestSite> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return new TestSite(server, typeof address === "object" && address ? address.port : 0, answer);
  }

  /** A host's fetch that reaches this server, whatever host is named. */
  readonly fetch: HostFetch = async (request, { signal }) => {
    const { origin, pathname, search } = new URL(request.url);
    const response = await fetch(`${this.url}${pathname}${search}`, {
      method: request.method,
      headers: request.headers,
      body: request.body === undefined ? null : Buffer.from(request.body, "base64"),
      signal,
    });
    return {
      url: response.url.replace(this.url, origin),
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
      body: Buffer.from(await response.arrayBuffer()).toString("base64"),
    };
  };

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

/** Answers with a body, by default of the status 200 and as a page. */
export function page(body: string | Buffer, headers: Readonly<Record<string, string>> = {}, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
  };
}

/** Answers with JSON. */
export function json(body: string, status = 200): Answer {
  return page(body, { "content-type": "application/json" }, status);
}

/** Takes requests and never answers. */
export const silence: Answer = () => undefined;

const folder = new URL("../../../../../fixtures/web-pages/", import.meta.url);

/** The text of a file of fixtures/web-pages. */
export function fixture(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

/** What a call is rejected with. */
export async function failureOf(call: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`rejected with ${String(error)}`, { cause: error });
  }
  throw new Error("the call succeeded");
}
