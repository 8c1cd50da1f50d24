import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hostFetch } from "@smoltools/hub/fetch";
import type { HostFetch } from "@smoltools/core";

/** A request as it arrived. */
export interface Arrived {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** What a server answers, or how. */
export type Answer = (arrived: Arrived, signal: AbortSignal) => ServerAnswer | Promise<ServerAnswer>;

/** An answer of a server. */
export interface ServerAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** The connection ends in the middle of the body. */
  readonly breaksOff?: true;
}

/** A real server on this machine, and the only way to it. */
export interface ApiServer extends AsyncDisposable {
  readonly url: string;
  /** As the server is declared to be reached. */
  readonly host: string;
  readonly arrived: Arrived[];
  readonly fetch: HostFetch;
}

/** Starts a server. */
export async function apiServer(answer: Answer): Promise<ApiServer> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => void handle(request, response));
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", url = "", headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks) };
    arrived.push(one);
    const { status = 200, type, headers: more = {}, body = "", breaksOff } = await answer(one, gone.signal);
    response.writeHead(status, { ...(type !== undefined && { "content-type": type }), ...more });
    if (breaksOff) response.write(body, () => response.destroy());
    else response.end(body);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    arrived,
    fetch: hostFetch({ hosts: [host], maxConcurrent: 32 }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
