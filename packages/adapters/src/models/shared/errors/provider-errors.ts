import { errorMessage, ModelError, type ModelErrorCode } from "@smoltools/core";
import { Retryable } from "../transport/retryable.ts";
import { fieldOf } from "../../../shared/json-access.ts";
import { messageOf, type ProviderMessage, providerMessage, shortLine } from "../../../shared/provider-message.ts";
import { safeCause } from "../../../shared/safe-cause.ts";
import { startHint } from "./start-hint.ts";
import type { Target } from "./target.ts";

/** Codes by which providers say that a 429 will not pass by waiting. */
const usedUp = new Set<string | number | undefined>([
  "insufficient_quota",
  "billing_hard_limit_reached",
  "credit_balance_exhausted",
]);

/** Says in the caller's words what went wrong with a request. Each message tells what to do next. */
export class ProviderErrors {
  readonly #target: Target;
  readonly #redact: (text: string) => string;

  /** @param redact - Takes the secrets of the request out of what the provider says. */
  constructor(target: Target, redact: (text: string) => string) {
    this.#target = target;
    this.#redact = redact;
  }

  /** An answer whose status is no success. */
  refused(status: number, body: string, retryAfterMs?: number): ModelError | Retryable {
    return this.#failed(status, providerMessage(body, this.#redact), retryAfterMs);
  }

  /**
   * An error that came as, or within, an answer that had begun with success.
   *
   * @param reported - The object with the error.
   * @param begun - True when the caller has had a part of the answer: then it is broken, whatever the cause.
   */
  reported(reported: unknown, begun: boolean): ModelError | Retryable {
    const message = messageOf(reported, this.#redact);
    const status = Number(message.code ?? fieldOf(reported, "status"));
    if (!begun && status >= 400 && status < 600) return this.#failed(status, message);
    return this.broken(`an error came instead of the rest${quoted(message.text)}`);
  }

  /** The connection could not be made, or was lost before the answer began. */
  unreachable(cause: unknown): ModelError | Retryable {
    const { host } = this.#target.url;
    const reason = shortLine(this.#redact(networkReason(cause)), 200);
    if (reason.includes("UND_ERR_HEADERS_TIMEOUT")) {
      return this.#error("MODEL_TIMEOUT", `${host} sent no answer within the time that fetch itself allows.`, {
        cause,
      });
    }
    const message = `Could not reach ${host}: ${reason}. ${startHint(this.#target.url)}`;
    return new Retryable(this.#error("MODEL_UNAVAILABLE", message, { cause }));
  }

  /** The answer is not what the protocol says, or not all of it. */
  broken(what: string, cause?: unknown): ModelError {
    const message = `The answer of ${this.#target.url.host} is broken: ${this.#redact(what)}.`;
    return this.#error("MODEL_BROKEN_STREAM", message, { cause });
  }

  /**
   * The answer broke off.
   *
   * @param how - What ended it.
   * @param last - The last that came of it.
   */
  cutShort(how: string, last: string, cause?: unknown): ModelError {
    const came = shortLine(this.#redact(last), 200);
    return this.broken(
      `${how}${came === "" ? ", and nothing had come" : `, and the last that came is "${came}"`}`,
      cause,
    );
  }

  /** Something of the answer came that cannot be read. */
  unreadable(what: string, came: string): ModelError {
    return this.broken(`${what}${quoted(shortLine(this.#redact(came), 200))}`);
  }

  /** A page for people came where an answer was due. */
  page(body: string): ModelError {
    const { text } = providerMessage(body, this.#redact);
    return this.broken(`${text} came. ${this.#target.pageHint}`);
  }

  redirected(status: number, location: string | null): ModelError {
    const { url, redirectHint } = this.#target;
    const target = location !== null && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    const to = target ? ` to ${target.origin}${target.pathname}` : "";
    return this.#error(
      "MODEL_BAD_REQUEST",
      `${url.host} redirects (${status})${to}. Redirects are not followed, so that the key stays with ${url.host}: ` +
        redirectHint,
      { status },
    );
  }

  tooLarge(maxBytes: number): ModelError {
    const message = `The answer of ${this.#target.url.host} is larger than ${maxBytes} bytes. Raise maxResponseBytes or lower maxTokens.`;
    return this.#error("MODEL_RESPONSE_TOO_LARGE", message);
  }

  /** Nothing came in time. */
  timedOut(option: "timeoutMs" | "idleTimeoutMs", ms: number): ModelError {
    const { host } = this.#target.url;
    const what = option === "timeoutMs" ? `${host} sent no answer` : `${host} fell silent within its answer`;
    return this.#error("MODEL_TIMEOUT", `${what} for ${ms} ms. Raise ${option} if the model is only slow.`);
  }

  /** The function that gives the key failed. */
  noKey(cause: unknown): ModelError {
    const message = `The key for ${this.#target.url.host} could not be had: the function that gives it failed.`;
    return this.#error("MODEL_UNAUTHORIZED", message, { cause });
  }

  /** A request that the provider's own rules forbid to send. */
  notSent(code: "MODEL_UNAUTHORIZED" | "MODEL_BAD_REQUEST", message: string): ModelError {
    return this.#error(code, message);
  }

  #failed(status: number, message: ProviderMessage, retryAfterMs?: number): ModelError | Retryable {
    const said = quoted(message.text);
    const { url, sendsKey, noKeyHint, notFoundHint } = this.#target;
    const { host } = url;
    if (status === 401 || status === 403) {
      const advice = sendsKey ? `Check the key for ${host}.` : noKeyHint;
      return this.#error("MODEL_UNAUTHORIZED", `${host} refused access (${status})${said}. ${advice}`, { status });
    }
    if (status === 404) {
      return this.#error("MODEL_BAD_REQUEST", `${host} found nothing (404)${said}. ${notFoundHint}`, { status });
    }
    if (status === 429) {
      if (usedUp.has(message.code)) {
        const advice = "Waiting does not help: check the plan and the credit.";
        return this.#error("MODEL_RATE_LIMITED", `The quota at ${host} is used up${said}. ${advice}`, { status });
      }
      const text = `${host} refused more requests (429)${said}. Set requestsPerMinute, or try again later.`;
      return new Retryable(this.#error("MODEL_RATE_LIMITED", text, { status }), retryAfterMs);
    }
    if (status >= 500 || status === 408 || status === 409) {
      const error = this.#error("MODEL_UNAVAILABLE", `${host} failed (${status})${said}. Try again later.`, { status });
      return status === 501 ? error : new Retryable(error, retryAfterMs);
    }
    return this.#error("MODEL_BAD_REQUEST", `${host} refused the request (${status})${said}.`, { status });
  }

  #error(code: ModelErrorCode, message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    const data = { url: this.#target.shownUrl, ...(status !== undefined && { status }) };
    return new ModelError(this.#redact(message), { code, data, cause: safeCause(cause, this.#redact) });
  }
}

function quoted(text: string): string {
  return text === "" ? "" : `: "${text}"`;
}

/** `fetch` says only that it failed; the reason is in the causes. */
function networkReason(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = fieldOf(cause, "code");
  const text = cause instanceof Error && cause.message ? cause.message : errorMessage(thrown);
  return typeof code === "string" && !text.includes(code) ? `${code} ${text}` : text;
}
