import { ChunkReader } from "../shared/answer/chunk-reader.ts";
import { ConnectionLost } from "../shared/answer/chunk-source.ts";
import type { ProviderErrors } from "../shared/errors/provider-errors.ts";
import type { ModelLimits } from "../shared/limits.ts";
import { fieldOf, parseJson } from "../../shared/json-access.ts";
import { Deadline } from "../../shared/async/deadline.ts";
import { send } from "../shared/transport/send.ts";
import { eventBody } from "./event-body.ts";
import { isHuggingFaceHost } from "./hugging-face-host.ts";
import { errorsOf } from "./route-errors.ts";
import type { Route } from "./route.ts";

/** What the requests of one attempt have in common. */
interface RoutedFetchOptions {
  route: Route;
  limits: ModelLimits;
  fetch: typeof fetch;
  deadline: Deadline;
  token: string | undefined;
}

/** Largest answer to the question who serves a model, in bytes. */
const maxLookupBytes = 1024 * 1024;

const hubUrl = "https://huggingface.co";

/**
 * The `fetch` of one attempt: the library says what is sent where, this sends it, within the limits of the model.
 *
 * A provider other than `"auto"` is looked up at the Hub before it is asked: that makes two requests.
 */
export class RoutedFetch {
  readonly #options: RoutedFetchOptions;
  /** The answer to the last request that was no look-up. */
  #source: ChunkReader | undefined;
  #failure: { error: unknown } | undefined;

  constructor(options: RoutedFetchOptions) {
    this.#options = options;
  }

  /** The chunks of the answer, once there is one. */
  get source(): ChunkReader | undefined {
    return this.#source;
  }

  /** What a request or its answer failed with: the library passes it on, or hides it behind an error of its own. */
  get failure(): { error: unknown } | undefined {
    return this.#failure;
  }

  /**
   * Says what went wrong.
   *
   * @param url - The address that the library chose, once it did.
   */
  errors(url?: URL): ProviderErrors {
    return errorsOf(this.#options.route, this.#options.token, url);
  }

  /** To be passed to the library. */
  readonly fetch: typeof fetch = async (input, init = {}) => {
    try {
      const url = new URL(input instanceof Request ? input.url : input);
      this.#guardToken(url);
      return init.method === "POST" ? await this.#ask(url, init) : await this.#lookUp(url, init);
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  };

  /** The environment's token was not given for this model: it goes to Hugging Face and to nobody else. */
  #guardToken(url: URL): void {
    if (!this.#options.route.usesEnvironment || isHuggingFaceHost(url)) return;
    const message = `The token of the environment is for Hugging Face and is not sent to ${url.host}.`;
    throw this.errors(url).notSent("MODEL_UNAUTHORIZED", `${message} Pass the key for it as token.`);
  }

  async #ask(url: URL, init: RequestInit): Promise<Response> {
    const { fetch, deadline, limits } = this.#options;
    const errors = this.errors(url);
    const source = new ChunkReader(await send({ url, init, fetch, errors, deadline, limits }), errors);
    this.#source = source;
    const body = eventBody(source, (error) => {
      this.#failure = { error };
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  async #lookUp(url: URL, init: RequestInit): Promise<Response> {
    const { fetch, limits } = this.#options;
    // Of its own: it ends with this request.
    using deadline = new Deadline(this.#options.deadline.signal);
    const lookupLimits = { idleTimeoutMs: limits.idleTimeoutMs, maxResponseBytes: maxLookupBytes };
    const errors = this.errors(url);
    const reader = await send({ url, init, fetch, errors, deadline, limits: lookupLimits });
    let text = "";
    try {
      for (let piece = await reader.read(); piece !== undefined; piece = await reader.read()) text += piece;
    } catch (error) {
      throw error instanceof ConnectionLost ? errors.unreachable(error.cause) : error;
    } finally {
      await reader.close(false);
    }
    if (!fieldOf(parseJson(text), "inferenceProviderMapping")) {
      const { model } = this.#options.route;
      throw errors.notSent("MODEL_BAD_REQUEST", `The Hub names no provider of ${model}. See ${hubUrl}/${model}.`);
    }
    return new Response(text, { headers: { "content-type": "application/json" } });
  }
}
