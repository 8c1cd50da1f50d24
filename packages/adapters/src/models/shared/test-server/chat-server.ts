import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";

/** A request as the server got it. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** When it came, in milliseconds of `performance.now()`. */
  readonly at: number;
  /** The client's port: the same for requests over one connection. */
  readonly port: number | undefined;
  /** Settles when the exchange is over: true when the whole answer was sent, false when the client left before. */
  readonly done: Promise<boolean>;
}

/** Answers one request. */
export type Answerer = (response: ServerResponse, request: ReceivedRequest) => void | Promise<void>;

/** A loopback server for tests, which answers its first request with the first answerer and so on; the last one stays. */
export class ChatServer implements AsyncDisposable {
  /** The requests that came, in order. */
  readonly requests: ReceivedRequest[] = [];
  /** The base address of its API. */
  readonly baseUrl: string;
  readonly #server: Server;
  readonly #answerers: readonly Answerer[];
  #waiting: (() => void)[] = [];

  private constructor(server: Server, port: number, answerers: readonly Answerer[]) {
    this.baseUrl = `http://127.0.0.1:${port}/v1`;
    this.#answerers = answerers;
    this.#server = server;
    server.on("request", (message, response) => {
      const done = new Promise<boolean>((resolve) => {
        response.on("close", () => resolve(response.writableFinished));
      });
      const chunks: Buffer[] = [];
      message.on("data", (chunk: Buffer) => chunks.push(chunk));
      message.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const { url = "", headers, socket } = message;
        const body: unknown = text === "" ? undefined : JSON.parse(text);
        void this.#answer(response, { path: url, headers, body, at: performance.now(), port: socket.remotePort, done });
      });
    });
  }

  /** Starts a server on a free port of the loopback interface. */
  static async start(...answerers: Answerer[]): Promise<ChatServer> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return new ChatServer(server, typeof address === "object" && address ? address.port : 0, answerers);
  }

  /** Waits until a number of requests has come. */
  async received(count: number): Promise<void> {
    while (this.requests.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(response: ServerResponse, request: ReceivedRequest): Promise<void> {
    const answerer = this.#answerers[Math.min(this.requests.length, this.#answerers.length - 1)];
    this.requests.push(request);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    await answerer?.(response, request);
  }
}
