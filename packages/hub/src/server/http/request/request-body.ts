import type { IncomingMessage } from "node:http";
import { HubServerError } from "../../hub-server-error.ts";

/**
 * The body of a request, read at most once.
 *
 * Giving up on it in the middle does not cut the connection (as leaving a `for await` over the request would), so that
 * the client still gets the answer that says why.
 */
export class RequestBody {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #type: string;
  #ended = false;

  constructor(request: AsyncIterable<Buffer> & Pick<IncomingMessage, "headers">) {
    this.#chunks = request[Symbol.asyncIterator]();
    this.#type = request.headers["content-type"] ?? "";
  }

  /** True for the bodies of HTML forms, which the Python client sends. */
  get isForm(): boolean {
    return this.#type.toLowerCase().startsWith("application/x-www-form-urlencoded");
  }

  /** The next piece, `undefined` at the end. */
  async next(): Promise<Buffer | undefined> {
    const { done, value } = await this.#chunks.next();
    this.#ended = done === true;
    return done ? undefined : value;
  }

  /** @throws HubServerError `HUB_TOO_LARGE` when it has more bytes than that. */
  async bytes(maxBytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for (let chunk = await this.next(); chunk; chunk = await this.next()) {
      length += chunk.length;
      if (length > maxBytes) {
        throw new HubServerError("HUB_TOO_LARGE", `The body of the request is larger than ${maxBytes} bytes.`);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /**
   * A JSON object. No body at all counts as `{}`.
   *
   * @throws HubServerError `HUB_BAD_REQUEST` or `HUB_TOO_LARGE`.
   */
  async json(maxBytes: number): Promise<Record<string, unknown>> {
    const text = (await this.bytes(maxBytes)).toString("utf8");
    return text === "" ? {} : parseJsonObject(text, "The body of the request");
  }

  /** Reads on and forgets what comes, so that the client can finish sending; not beyond the limit. */
  async drain(maxBytes: number): Promise<void> {
    let length = 0;
    while (!this.#ended && length <= maxBytes) length += (await this.next())?.length ?? 0;
  }
}

/**
 * Reads a JSON object.
 *
 * @param what - Names the text in the error: the start of a sentence.
 * @throws HubServerError `HUB_BAD_REQUEST`.
 */
export function parseJsonObject(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new HubServerError("HUB_BAD_REQUEST", `${what} is not JSON.`, { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new HubServerError("HUB_BAD_REQUEST", `${what} is not a JSON object.`);
}
