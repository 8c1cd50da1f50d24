import { HubError, type HubErrorCode } from "../errors/hub-error.ts";
import { plainText } from "../shared/plain-text.ts";
import { readBody } from "./read-body.ts";

/**
 * The error for an answer that is none of the good ones. Reads the body.
 *
 * The kind of a 404 is told by the header `X-Error-Code`, as the hub's own clients do.
 *
 * @param what - What was asked for, such as `acme/weather`.
 */
export async function responseError(response: Response, what: string, hub: string): Promise<HubError> {
  const said = await saidBy(response);
  const { code, advice } = kindOf(response.status, response.headers.get("x-error-code"), what, hub);
  return new HubError(`${advice}${said === "" ? "" : ` (${hub} says: ${said})`}`, {
    code,
    data: { status: response.status, repo: what },
  });
}

interface Kind {
  code: HubErrorCode;
  advice: string;
}

function kindOf(status: number, errorCode: string | null, what: string, hub: string): Kind {
  if (errorCode === "RevisionNotFound") return { code: "HUB_REVISION_NOT_FOUND", advice: `${what}: no such revision` };
  if (errorCode === "EntryNotFound") return { code: "HUB_FILE_NOT_FOUND", advice: `${what}: no such file` };
  if (errorCode === "RepoNotFound" || status === 404) {
    return {
      code: "HUB_REPO_NOT_FOUND",
      advice: `${what} is not on ${hub}, or it is private: check the name and the token`,
    };
  }
  switch (status) {
    case 401:
      return { code: "HUB_UNAUTHORIZED", advice: `${hub} does not accept the token: give a valid one (HF_TOKEN)` };
    case 402:
      return { code: "HUB_PAYMENT_REQUIRED", advice: `${hub} wants a paid plan for this` };
    case 403:
      return { code: "HUB_FORBIDDEN", advice: `The token may not do this with ${what}: use one that has the right` };
    case 409:
    case 412:
      return { code: "HUB_CONFLICT", advice: `${what} was changed by somebody else meanwhile: run the command again` };
    case 429:
      return { code: "HUB_RATE_LIMITED", advice: `${hub} got too many requests: wait a minute, then try again` };
    default:
      return status >= 500
        ? { code: "HUB_UNAVAILABLE", advice: `${hub} failed with status ${status}: try again later` }
        : { code: "HUB_BAD_REQUEST", advice: `${hub} refused the request for ${what} with status ${status}` };
  }
}

async function saidBy(response: Response): Promise<string> {
  const header = response.headers.get("x-error-message");
  let text = header ?? "";
  try {
    const body = new TextDecoder().decode(await readBody(response, 64 * 1024, "the answer"));
    if (header === null && response.headers.get("content-type")?.startsWith("application/json")) {
      const json: unknown = JSON.parse(body);
      const error = typeof json === "object" && json !== null ? (json as { error?: unknown }).error : undefined;
      if (typeof error === "string") text = error;
    }
  } catch {
    // The status alone has to do.
  }
  // Tokens have no business in an answer; if one is there, it goes no further.
  return plainText(text.replace(/hf_[A-Za-z0-9]+/g, "hf_…"));
}
