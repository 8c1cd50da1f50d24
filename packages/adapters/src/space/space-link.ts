import type { ToolContext } from "@smoltools/core";
import { fieldOf } from "../shared/json-access.ts";
import { redactor } from "../shared/redact.ts";
import { untilAborted } from "../shared/async/until-aborted.ts";
import { readApi } from "./api/read-api.ts";
import type { SpaceApi, SpaceEndpoint } from "./api/space-api.ts";
import { callEndpoint } from "./call/call-endpoint.ts";
import { HubSpace } from "./connection/hub-space.ts";
import { appUrl, type SpaceAddress, spaceAddress, spaceName } from "./connection/space-address.ts";
import { spaceDisposed, spaceError, type SpaceIdentity } from "./connection/space-failure.ts";
import { SpaceFetch } from "./connection/space-fetch.ts";
import { tokenHeaders } from "./connection/token-headers.ts";
import { type SpaceLimits, spaceLimits, type SpaceOptions } from "./space-options.ts";

/** For so long a Space that was just seen is called without being asked again: no app starts anew in less. */
const sameForMs = 100;

/** What is known of a Space that runs. */
interface RunningSpace {
  api: SpaceApi;
  base: string;
  fetch: SpaceFetch;
  /** When it was seen last; ms of `performance.now()`. */
  seenAt: number;
}

/** A look at a Space, for everybody who asks meanwhile. */
interface Look {
  result: Promise<RunningSpace>;
  end: AbortController;
  callers: number;
}

/** The way to a Space: finds where it runs, waits for it, and notices when it is another than before. */
export class SpaceLink implements AsyncDisposable {
  readonly identity: SpaceIdentity;
  readonly #address: SpaceAddress;
  readonly #options: SpaceOptions;
  readonly #limits: SpaceLimits;
  readonly #closing = new AbortController();
  readonly #afterwards = new Set<Promise<unknown>>();
  #running: RunningSpace | undefined;
  #looking: Look | undefined;

  /** @throws AdapterError `ADAPTER_OPTIONS_INVALID`. */
  constructor(space: string, options: SpaceOptions) {
    this.#address = spaceAddress(space);
    this.#options = options;
    this.#limits = spaceLimits(options);
    const { token, headers = {} } = options;
    const secrets = [...(token === undefined ? [] : [token]), ...Object.values(headers)];
    this.identity = { name: spaceName(this.#address), redact: redactor(secrets) };
  }

  /**
   * What the Space can do now. It is asked anew when it was started anew.
   *
   * @throws ToolSourceError `SOURCE_UNAVAILABLE` when it does not run, and others of what it answers.
   */
  async api(signal?: AbortSignal): Promise<SpaceApi> {
    const { api } = await this.#look(signal);
    return api;
  }

  /**
   * Calls an endpoint that is declared as it was when its tool was made.
   *
   * @throws ToolSourceError `SOURCE_ANSWER_INVALID` when it is not there any more, or declared in another way.
   */
  async call(made: SpaceEndpoint, tool: string, input: unknown, context: ToolContext): Promise<unknown> {
    const { api, fetch } = this.#justSeen() ?? (await this.#look(context.signal));
    const endpoint = api.endpoints.get(made.name);
    if (endpoint === undefined || "problem" in endpoint || endpoint.fingerprint !== made.fingerprint) {
      const what = endpoint === undefined ? "has no endpoint" : "declares in another way than before its endpoint";
      const todo = "list its tools again";
      throw spaceError(this.identity, "SOURCE_ANSWER_INVALID", `${what} ${made.name}: ${todo}`);
    }
    return callEndpoint(
      {
        identity: this.identity,
        fetch,
        api,
        endpoint,
        limits: this.#limits,
        tool,
        closing: this.#closing.signal,
        onProgress: this.#options.onProgress,
        afterwards: (work) => {
          const done = work.finally(() => this.#afterwards.delete(done));
          this.#afterwards.add(done);
        },
      },
      input,
      context,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(spaceDisposed(this.identity));
    await Promise.allSettled(this.#afterwards);
  }

  #justSeen(): RunningSpace | undefined {
    this.#closing.signal.throwIfAborted();
    const running = this.#running;
    return running && performance.now() - running.seenAt < sameForMs ? running : undefined;
  }

  /** Callers that ask at the same time ask once. When the last of them leaves, nobody asks any more. */
  async #look(caller: AbortSignal = new AbortController().signal): Promise<RunningSpace> {
    caller.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    const look = (this.#looking ??= this.#startLook());
    look.callers++;
    try {
      return await untilAborted(look.result, caller);
    } finally {
      if (--look.callers === 0) look.end.abort(new Error("Nobody waits for the Space any more."));
    }
  }

  #startLook(): Look {
    const end = new AbortController();
    const onClose = (): void => end.abort(this.#closing.signal.reason);
    this.#closing.signal.addEventListener("abort", onClose, { once: true });
    const result = untilAborted(this.#current(end.signal), end.signal);
    const look: Look = { result, end, callers: 0 };
    const isOver = (): void => {
      this.#closing.signal.removeEventListener("abort", onClose);
      if (this.#looking === look) this.#looking = undefined;
    };
    end.signal.addEventListener("abort", isOver, { once: true });
    result.then(isOver, isOver);
    return look;
  }

  async #current(signal: AbortSignal): Promise<RunningSpace> {
    const before = this.#running;
    if (before && (await this.#isSame(before, signal))) return before;
    const running = await this.#start(signal);
    signal.throwIfAborted();
    this.#running = running;
    return running;
  }

  /** Whether an app is the one that was read: an app that starts gets another id. */
  async #isSame(running: RunningSpace, signal: AbortSignal): Promise<boolean> {
    const { api, fetch } = running;
    try {
      const answer = await fetch.readJson(`${api.apiUrl}/app_id`, {
        what: "/app_id",
        signal,
        timeoutMs: this.#limits.requestTimeoutMs,
        maxBytes: 64 * 1024,
      });
      const id = fieldOf(answer, "app_id");
      running.seenAt = performance.now();
      return id !== undefined && id === api.appId;
    } catch {
      signal.throwIfAborted();
      return false;
    }
  }

  async #start(signal: AbortSignal): Promise<RunningSpace> {
    const { identity } = this;
    const { token, hubUrl, headers = {}, onProgress } = this.#options;
    const request = { signal, limits: this.#limits };
    const connect = (url: URL): Omit<RunningSpace, "api" | "seenAt"> => ({
      base: appUrl(url),
      fetch: new SpaceFetch(identity, url, { ...headers, ...tokenHeaders(url, this.#options) }),
    });
    if ("url" in this.#address) {
      const connected = connect(this.#address.url);
      const api = await readApi(identity, connected.fetch, connected.base, request);
      return { ...connected, api, seenAt: performance.now() };
    }
    const hub = new HubSpace(identity, {
      id: this.#address.id,
      hubUrl,
      token,
      limits: this.#limits,
      onStage: (stage) => onProgress?.({ kind: "starting", space: identity.name, stage }),
    });
    const connected = connect(await hub.host(signal));
    const read = (): Promise<SpaceApi> => readApi(identity, connected.fetch, connected.base, request);
    await hub.untilRunning(read, signal);
    return { ...connected, api: await read(), seenAt: performance.now() };
  }
}
