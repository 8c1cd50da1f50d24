import { SmoltoolsError } from "@smoltools/core";

/**
 * Why the hub refused or failed. The HTTP form of each code is in `http/reply/error-forms.ts`.
 *
 * | code | meaning |
 * | --- | --- |
 * | `HUB_BAD_OPTIONS` | the server cannot start with these options |
 * | `HUB_BAD_REQUEST` | the request is malformed, or asks for what a repo cannot hold |
 * | `HUB_UNAUTHENTICATED` | this needs a token |
 * | `HUB_BAD_TOKEN` | the token is not one of this hub |
 * | `HUB_FORBIDDEN` | the token does not allow this |
 * | `HUB_REPO_NOT_FOUND` | no such repo, or one that the reader may not see |
 * | `HUB_COLLECTION_NOT_FOUND` | no such collection, or one that the reader may not see |
 * | `HUB_REVISION_NOT_FOUND` | no such branch, tag or commit |
 * | `HUB_ENTRY_NOT_FOUND` | no such file or folder at that commit |
 * | `HUB_ROUTE_NOT_FOUND` | the hub has no such address |
 * | `HUB_METHOD_NOT_ALLOWED` | the address exists, but not for this method |
 * | `HUB_ALREADY_EXISTS` | a repo, branch or tag of that name exists |
 * | `HUB_RELEASE_IMMUTABLE` | a released version can be neither moved, deleted nor used again |
 * | `HUB_PARENT_NOT_HEAD` | the branch has moved since `parentCommit` |
 * | `HUB_TOO_LARGE` | a file, a commit or a body is over its limit |
 * | `HUB_TOO_MANY_REQUESTS` | more requests than the rate limit allows |
 * | `HUB_ACCOUNT_NOT_FOUND` | no such user, organization or token |
 * | `HUB_NOT_IMPLEMENTED` | the Hugging Face Hub can do this, this hub cannot |
 * | `HUB_BUSY` | too many requests wait for the same repo: try again |
 * | `HUB_RELEASE_LOG_BROKEN` | the release log is not the chain it has to be |
 * | `HUB_STORAGE_BROKEN` | a file of the hub does not hold what it has to |
 */
export type HubServerErrorCode =
  | "HUB_BAD_OPTIONS"
  | "HUB_BAD_REQUEST"
  | "HUB_UNAUTHENTICATED"
  | "HUB_BAD_TOKEN"
  | "HUB_FORBIDDEN"
  | "HUB_REPO_NOT_FOUND"
  | "HUB_COLLECTION_NOT_FOUND"
  | "HUB_REVISION_NOT_FOUND"
  | "HUB_ENTRY_NOT_FOUND"
  | "HUB_ROUTE_NOT_FOUND"
  | "HUB_METHOD_NOT_ALLOWED"
  | "HUB_ALREADY_EXISTS"
  | "HUB_RELEASE_IMMUTABLE"
  | "HUB_PARENT_NOT_HEAD"
  | "HUB_TOO_LARGE"
  | "HUB_TOO_MANY_REQUESTS"
  | "HUB_ACCOUNT_NOT_FOUND"
  | "HUB_NOT_IMPLEMENTED"
  | "HUB_BUSY"
  | "HUB_RELEASE_LOG_BROKEN"
  | "HUB_STORAGE_BROKEN";

/** Facts of a {@link HubServerError}. */
export interface HubServerErrorData {
  /** The commit that was looked at, for `HUB_ENTRY_NOT_FOUND`. */
  commit?: string;
  /** The methods that the address has, for `HUB_METHOD_NOT_ALLOWED`. */
  allow?: string[];
  /** When to try again, for `HUB_TOO_MANY_REQUESTS`. */
  retryAfterSeconds?: number;
  /** Members that the body of the answer has beside `error`, such as `url` of a repo that exists. */
  body?: Record<string, unknown>;
}

/** What the hub refuses, and what goes wrong in it. */
export class HubServerError extends SmoltoolsError<HubServerErrorCode, HubServerErrorData> {
  constructor(code: HubServerErrorCode, message: string, options: HubServerErrorData & { cause?: unknown } = {}) {
    const { cause, ...data } = options;
    super(message, { code, data, cause });
  }
}
