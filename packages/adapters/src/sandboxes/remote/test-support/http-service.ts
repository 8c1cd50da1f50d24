import { Buffer } from "node:buffer";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => Promise<void> | void;

/** A server of HTTP on the loopback address. */
export class HttpService implements AsyncDisposable {
  readonly #server: Server;

  private constructor(answer: Answer) {
    this.#server = createServer((request, response) => {
      void respond(answer, request, response);
    });
  }

  /** @param port - 0 for any that is free. */
  static async start(answer: Answer, port = 0): Promise<HttpService> {
    const service = new HttpService(answer);
    await new Promise<void>((done) => {
      service.#server.listen(port, "127.0.0.1", done);
    });
    return service;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => {
      this.#server.close(done);
    });
  }
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function respond(answer: Answer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    await answer(request, response, Buffer.concat(chunks));
  } catch (error) {
    if (response.headersSent) response.destroy();
    else sendJson(response, 500, { error: String(error) });
  }
}
