import { isSmoltoolsError } from "@smoltools/core";
import type { HubServerError, HubServerErrorCode } from "../../hub-server-error.ts";
import { json, type Reply } from "./reply.ts";

/** How an error looks on the wire. */
interface ErrorForm {
  status: number;
  /** The status for somebody without a token, where it differs. */
  anonymousStatus?: number;
  /** `X-Error-Code`: the Python client chooses its exception by it, the JavaScript client returns `null` by it. */
  name?: string;
  /** `X-Error-Message` where the clients look for an exact text. */
  message?: string;
}

const busy: ErrorForm = { status: 503 };
const failed: ErrorForm = { status: 500 };

/** Protocol section 1.0, "Errors". */
const forms: Readonly<Record<HubServerErrorCode, ErrorForm>> = {
  HUB_BAD_REQUEST: { status: 400 },
  HUB_UNAUTHENTICATED: { status: 401 },
  // This text keeps the Python client from taking the 401 for a missing repo.
  HUB_BAD_TOKEN: { status: 401, message: "Invalid credentials in Authorization header" },
  HUB_FORBIDDEN: { status: 403 },
  // Somebody without a token is not told whether a repo is missing or private.
  HUB_REPO_NOT_FOUND: { status: 404, anonymousStatus: 401, name: "RepoNotFound" },
  HUB_COLLECTION_NOT_FOUND: { status: 404 },
  HUB_REVISION_NOT_FOUND: { status: 404, name: "RevisionNotFound" },
  HUB_ENTRY_NOT_FOUND: { status: 404, name: "EntryNotFound" },
  HUB_ROUTE_NOT_FOUND: { status: 404 },
  HUB_METHOD_NOT_ALLOWED: { status: 405 },
  HUB_ALREADY_EXISTS: { status: 409 },
  // Not 409: `exist_ok` of the Python client swallows that.
  HUB_RELEASE_IMMUTABLE: { status: 403 },
  HUB_PARENT_NOT_HEAD: { status: 412 },
  HUB_TOO_LARGE: { status: 413 },
  HUB_TOO_MANY_REQUESTS: { status: 429 },
  HUB_ACCOUNT_NOT_FOUND: { status: 404 },
  HUB_NOT_IMPLEMENTED: { status: 501 },
  HUB_BUSY: busy,
  HUB_BAD_OPTIONS: failed,
  HUB_RELEASE_LOG_BROKEN: failed,
  HUB_STORAGE_BROKEN: failed,
};

/** True for what is refused on purpose; anything else is a fault of the hub. */
export function isRefusal(error: unknown): error is HubServerError {
  return isHubServerError(error) && forms[error.code] !== failed;
}

/**
 * The answer for an error. Of a fault it says nothing but that it happened: its text may hold what is not for everybody.
 *
 * @param anonymous - Whether the request came without a token.
 */
export function errorReply(error: unknown, anonymous: boolean): Reply {
  if (!isRefusal(error)) {
    const text = "The hub failed. The request id names this failure in what the hub reports.";
    return json({ error: text }, { "X-Error-Message": text }, 500);
  }
  const { status, anonymousStatus, name, message = error.message } = forms[error.code];
  const { commit, allow, body, retryAfterSeconds = status === busy.status ? 1 : undefined } = error.data;
  return json(
    { error: message, ...body },
    {
      "X-Error-Message": headerText(message),
      ...(name ? { "X-Error-Code": name } : {}),
      ...(commit ? { "X-Repo-Commit": commit } : {}),
      ...(allow ? { Allow: allow.join(", ") } : {}),
      ...(retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) }),
    },
    anonymous ? (anonymousStatus ?? status) : status,
  );
}

function isHubServerError(error: unknown): error is HubServerError {
  return isSmoltoolsError(error) && Object.hasOwn(forms, error.code);
}

/** Headers take one line of ASCII. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, "?").slice(0, 500);
}
