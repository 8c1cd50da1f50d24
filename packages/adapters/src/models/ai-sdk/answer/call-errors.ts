import { errorMessage, ModelError, type ModelErrorCode } from "@smoltools/core";
import { shortLine } from "../../../shared/provider-message.ts";
import { redactor } from "../../../shared/redact.ts";
import { safeCause } from "../../../shared/safe-cause.ts";
import { retryAfterMs } from "../../shared/transport/retry-delay.ts";
import { Retryable } from "../../shared/transport/retryable.ts";
import { fieldOf, isRecord, textField } from "../../../shared/json-access.ts";

/** Errors of the AI SDK that say by their name who is to blame. */
const codesOfNames = new Map<string, ModelErrorCode>([
  ["AI_LoadAPIKeyError", "MODEL_UNAUTHORIZED"],
  ["AI_LoadSettingError", "MODEL_UNAUTHORIZED"],
  ["AI_InvalidArgumentError", "MODEL_BAD_REQUEST"],
  ["AI_InvalidPromptError", "MODEL_BAD_REQUEST"],
  ["AI_NoSuchModelError", "MODEL_BAD_REQUEST"],
  ["AI_UnsupportedFunctionalityError", "MODEL_BAD_REQUEST"],
  ["AI_EmptyResponseBodyError", "MODEL_BROKEN_STREAM"],
  ["AI_InvalidResponseDataError", "MODEL_BROKEN_STREAM"],
  ["AI_JSONParseError", "MODEL_BROKEN_STREAM"],
  ["AI_NoContentGeneratedError", "MODEL_BROKEN_STREAM"],
  ["AI_TypeValidationError", "MODEL_BROKEN_STREAM"],
]);

/** Codes by which providers say that a 429 will not pass by waiting. */
const usedUp = /\b(?:insufficient_quota|billing_hard_limit_reached|credit_balance_exhausted)\b/;

/** What keys of well-known providers look like, for those that a provider quotes in its message. */
const keys = /\b(?:(?:sk|pk|rk|hf|gsk|xai|pplx|key|api)[-_][\w-]{12,}|AIza[\w-]{20,})/g;

/** Says in the caller's words what went wrong with one language model. Errors are known by their shape alone. */
export class CallErrors {
  readonly #model: string;
  readonly #redact: (text: string) => string;

  /**
   * @param model - The model's name.
   * @param headers - Headers that are sent; their values are kept out of the errors.
   */
  constructor(model: string, headers: Readonly<Record<string, string>> = {}) {
    this.#model = model;
    const redact = redactor(Object.values(headers));
    this.#redact = (text) => redact(text).replace(keys, "[redacted]");
  }

  /** What the provider threw, or put into its answer as an error. */
  failed(thrown: unknown): ModelError | Retryable {
    if (thrown instanceof ModelError || thrown instanceof Retryable) return thrown;
    const status = statusOf(thrown);
    const named = codesOfNames.get(textField(thrown, "name") ?? "");
    const retryable = fieldOf(thrown, "isRetryable") === true;
    const code = (status !== undefined && codeOfStatus(status)) || named || "MODEL_UNAVAILABLE";
    const said = shortLine(this.#redact(messageOf(thrown)), 500);
    const error = this.#error(code, `${meaningOf(code)}${said === "" ? "" : `: "${said}"`}.`, thrown, status);
    const mayPass = retryable || code === "MODEL_RATE_LIMITED" || (status !== undefined && status >= 500);
    return mayPass && !usedUp.test(textField(thrown, "responseBody") ?? "")
      ? new Retryable(error, waitOf(thrown))
      : error;
  }

  /** The answer broke off, or is not what the specification says. */
  broken(how: string): ModelError {
    return new ModelError(`The answer of ${this.#model} is broken: ${how}.`, { code: "MODEL_BROKEN_STREAM" });
  }

  /** An answer that had begun ended with an error. */
  brokenBy(error: ModelError): ModelError {
    const { data, cause } = error;
    const message = `The answer of ${this.#model} broke off. ${error.message}`;
    return new ModelError(message, { code: "MODEL_BROKEN_STREAM", data, cause });
  }

  timedOut(option: "timeoutMs" | "idleTimeoutMs", ms: number): ModelError {
    const what = option === "timeoutMs" ? "sent no answer" : "fell silent within its answer";
    const message = `${this.#model} ${what} for ${ms} ms. Raise ${option} if it is only slow.`;
    return new ModelError(message, { code: "MODEL_TIMEOUT" });
  }

  tooLarge(maxBytes: number): ModelError {
    const message = `The answer of ${this.#model} is larger than ${maxBytes} bytes. Raise maxResponseBytes or lower maxTokens.`;
    return new ModelError(message, { code: "MODEL_RESPONSE_TOO_LARGE" });
  }

  #error(code: ModelErrorCode, message: string, thrown: unknown, status: number | undefined): ModelError {
    const url = shownUrl(textField(thrown, "url"));
    return new ModelError(`${this.#model}: ${message}`, {
      code,
      data: { ...(status !== undefined && { status }), ...(url !== undefined && { url }) },
      // Errors of calls hold the whole request and the headers of the answer: only what led to them is kept.
      cause: safeCause(
        isRecord(thrown) && "requestBodyValues" in thrown ? fieldOf(thrown, "cause") : thrown,
        this.#redact,
      ),
    });
  }
}

function statusOf(thrown: unknown): number | undefined {
  const status = Number(fieldOf(thrown, "statusCode") ?? fieldOf(thrown, "status") ?? fieldOf(thrown, "code"));
  return status >= 200 && status < 600 ? status : undefined;
}

function codeOfStatus(status: number): ModelErrorCode {
  // The request was successful: what came could not be read.
  if (status < 300) return "MODEL_BROKEN_STREAM";
  if (status === 401 || status === 403) return "MODEL_UNAUTHORIZED";
  if (status === 429) return "MODEL_RATE_LIMITED";
  return status >= 500 || status === 408 || status === 409 ? "MODEL_UNAVAILABLE" : "MODEL_BAD_REQUEST";
}

function meaningOf(code: ModelErrorCode): string {
  switch (code) {
    case "MODEL_UNAUTHORIZED":
      return "The provider refused access. Check its key";
    case "MODEL_BAD_REQUEST":
      return "The provider refused the request";
    case "MODEL_RATE_LIMITED":
      return "The provider refused more requests. Try again later";
    case "MODEL_BROKEN_STREAM":
      return "The answer could not be read";
    default:
      return "The provider failed. Try again later";
  }
}

function messageOf(thrown: unknown): string {
  return typeof thrown === "string" ? thrown : (textField(thrown, "message") ?? errorMessage(thrown));
}

function waitOf(thrown: unknown): number | undefined {
  const headers = fieldOf(thrown, "responseHeaders");
  if (!isRecord(headers)) return undefined;
  const texts = Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return retryAfterMs(new Headers(texts));
}

/** Without its query, which holds the key with some providers. */
function shownUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
