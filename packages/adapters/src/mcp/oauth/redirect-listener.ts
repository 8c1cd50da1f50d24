import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import { requestUrl } from "../../shared/request-url.ts";
import { untilAborted } from "../../shared/async/until-aborted.ts";

const path = "/callback";

/** Most answers that are kept until somebody waits for them. */
const maxEarly = 20;

/** Waits on this machine for the browser to come back from a sign-in. */
export class RedirectListener implements AsyncDisposable {
  /** Where the browser is sent to. */
  readonly url: string;
  readonly #server: Server;
  /** Answers that came before anybody waited for them: the user can be faster than the program. */
  readonly #early: URLSearchParams[] = [];
  readonly #waiting = new Set<(answer: URLSearchParams) => void>();

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => this.#take(request, response));
  }

  /**
   * @param port - 0 takes a free one.
   * @throws where the port is taken.
   */
  static async open(port: number): Promise<RedirectListener> {
    const server = createServer();
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const actual = typeof address === "object" && address !== null ? address.port : port;
    return new RedirectListener(server, `http://127.0.0.1:${actual}${path}`);
  }

  /**
   * The parameters that the browser comes back with. Answers to other sign-ins are not taken.
   *
   * @param state - What was sent along.
   */
  async answer(state: string, signal: AbortSignal): Promise<URLSearchParams> {
    const isMeant = (answer: URLSearchParams): boolean => answer.get("state") === state;
    const early = this.#early.find(isMeant);
    if (early) return early;
    let take: ((answer: URLSearchParams) => void) | undefined;
    const answered = new Promise<URLSearchParams>((resolve) => {
      take = (answer) => {
        if (isMeant(answer)) resolve(answer);
      };
      this.#waiting.add(take);
    });
    try {
      return await untilAborted(answered, signal);
    } finally {
      if (take) this.#waiting.delete(take);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const url = requestUrl(request);
    const isAnswer = request.method === "GET" && url?.pathname === path;
    // Nothing of the address is shown: whoever sent the browser here wrote it.
    response.writeHead(isAnswer ? 200 : 404, { "content-type": "text/plain", connection: "close" });
    response.end(isAnswer ? "You can close this window.\n" : "");
    if (!url || !isAnswer) return;
    if (this.#early.length < maxEarly) this.#early.push(url.searchParams);
    for (const take of this.#waiting) take(url.searchParams);
  }
}
