import type { ToolSourceError } from "@smoltools/core";
import process from "node:process";
import { AdapterError } from "../../shared/adapter-error.ts";
import { textField } from "../../shared/json-access.ts";
import { sleep } from "../../shared/async/sleep.ts";
import type { SpaceLimits } from "../space-options.ts";
import { httpUrl } from "./space-address.ts";
import { spaceError, type SpaceIdentity } from "./space-failure.ts";
import { SpaceFetch } from "./space-fetch.ts";

/** Stages in which an app answers, with an older build perhaps. */
const running = new Set(["RUNNING", "RUNNING_BUILDING", "RUNNING_APP_STARTING"]);
/** Stages that pass. A Space that sleeps wakes up when somebody asks it for something. */
const passing = new Set(["SLEEPING", "STOPPED", "BUILDING", "APP_STARTING"]);
const asleep = new Set(["SLEEPING", "STOPPED"]);

const advice: Readonly<Record<string, string>> = {
  PAUSED: "is paused: its owner has to restart it, in its settings on the hub",
  NO_APP_FILE: "has no app to run",
  CONFIG_ERROR: "does not run, because its configuration is wrong: its owner has to fix it",
  BUILD_ERROR: "does not run, because it could not be built: its owner has to fix it",
  RUNTIME_ERROR: "does not run, because its app has failed: its owner has to fix or restart it",
  DELETING: "is being deleted",
};

const noAccess = "may not be read: ask for access on its page at the hub, and give a token of an account that has it";
const notKnown = "is not known to the hub: it does not exist, or is private and needs a token that may read it";

/** Options of {@link HubSpace}. */
export interface HubSpaceOptions {
  id: string;
  hubUrl: string | undefined;
  token: string | undefined;
  limits: SpaceLimits;
  onStage: (stage: string) => void;
}

/**
 * A Space as its hub knows it: where it runs, and whether it does.
 *
 * Source: `/api/spaces/{id}/host` and `/runtime` of the Hugging Face Hub, https://huggingface.co/docs/hub/api.
 */
export class HubSpace {
  readonly #identity: SpaceIdentity;
  readonly #options: HubSpaceOptions;
  readonly #api: string;
  readonly #fetch: SpaceFetch;

  constructor(identity: SpaceIdentity, options: HubSpaceOptions) {
    const hub = (options.hubUrl ?? (process.env["HF_ENDPOINT"] || "https://huggingface.co")).replace(/\/+$/, "");
    if (!httpUrl(hub)) {
      throw new AdapterError(`${identity.name}: hubUrl must be an address of http: or https:`, {
        code: "ADAPTER_OPTIONS_INVALID",
      });
    }
    const { token } = options;
    this.#identity = identity;
    this.#options = options;
    this.#api = `${hub}/api/spaces/${options.id}`;
    this.#fetch = new SpaceFetch(
      identity,
      new URL(hub),
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
  }

  /** Where it runs. */
  async host(signal: AbortSignal): Promise<URL> {
    const host = httpUrl(textField(await this.#ask("host", signal), "host") ?? "");
    if (host) return host;
    throw spaceError(this.#identity, "SOURCE_ANSWER_INVALID", "has no host, its hub says: it is not a running app");
  }

  /**
   * Waits until it runs.
   *
   * @param wake - Asks its host for something.
   * @throws ToolSourceError `SOURCE_UNAVAILABLE` when it does not, which says what to do.
   */
  async untilRunning(wake: (signal: AbortSignal) => Promise<unknown>, signal: AbortSignal): Promise<void> {
    const { startTimeoutMs } = this.#options.limits;
    const end = performance.now() + startTimeoutMs;
    let before: string | undefined;
    for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 5000)) {
      const stage = textField(await this.#ask("runtime", signal), "stage") ?? "of an unknown stage";
      if (running.has(stage)) return;
      if (!passing.has(stage)) {
        throw spaceError(this.#identity, "SOURCE_UNAVAILABLE", advice[stage] ?? `does not run: its stage is ${stage}`);
      }
      if (stage !== before) this.#options.onStage(stage);
      if (asleep.has(stage) && stage !== before) await this.#wake(wake, signal);
      before = stage;
      const leftMs = end - performance.now();
      if (leftMs <= 0) {
        throw spaceError(
          this.#identity,
          "SOURCE_UNAVAILABLE",
          `did not start within ${startTimeoutMs} ms, its stage is ${stage}: try again later, or raise startTimeoutMs`,
        );
      }
      await sleep(Math.min(waitMs, leftMs), signal);
    }
  }

  /** What comes of it does not matter: a Space that wakes up answers with pages that say so. */
  async #wake(wake: (signal: AbortSignal) => Promise<unknown>, signal: AbortSignal): Promise<void> {
    await wake(signal).catch(() => signal.throwIfAborted());
  }

  #ask(what: string, signal: AbortSignal): Promise<unknown> {
    return this.#fetch.readJson(`${this.#api}/${what}`, {
      what: `the hub's question for its ${what}`,
      signal,
      timeoutMs: this.#options.limits.requestTimeoutMs,
      maxBytes: 1024 * 1024,
      refused: (status, cause) => {
        if (status === 403) return this.#unauthorised(noAccess, cause);
        // For the hub, what is private does not exist.
        return status === 401 || status === 404 ? this.#unauthorised(notKnown, cause) : cause;
      },
    });
  }

  #unauthorised(why: string, cause: ToolSourceError): ToolSourceError {
    return spaceError(this.#identity, "SOURCE_UNAUTHORISED", why, { cause });
  }
}
