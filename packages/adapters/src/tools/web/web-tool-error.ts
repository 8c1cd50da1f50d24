import { SmoltoolsError } from "@smoltools/core";

/**
 * Why a tool that reaches the web gave no result.
 *
 * | code | meaning |
 * | --- | --- |
 * | `WEB_OPTIONS_INVALID` | the tool was made with an option that cannot work |
 * | `WEB_KEY_MISSING` | the service wants a key and none was found |
 * | `WEB_KEY_REFUSED` | the service does not take the key |
 * | `WEB_BAD_ADDRESS` | what was asked for is not an address of `http:` or `https:` |
 * | `WEB_BAD_INPUT` | the input fits the schema and still cannot be used |
 * | `WEB_UNREACHABLE` | no answer came |
 * | `WEB_TIMEOUT` | it took longer than `timeoutMs` |
 * | `WEB_RATE_LIMITED` | the service answers no more for now: 429, or a page that asks for a human |
 * | `WEB_STATUS` | another status than 2xx: `data.status` |
 * | `WEB_TOO_LARGE` | the answer, or what was to be sent, is larger than allowed |
 * | `WEB_BAD_ANSWER` | the answer is not what the service answers |
 * | `WEB_UNSUPPORTED_TYPE` | the page is not text |
 * | `WEB_NO_RESULTS` | the search found nothing |
 */
export type WebToolErrorCode =
  | "WEB_OPTIONS_INVALID"
  | "WEB_KEY_MISSING"
  | "WEB_KEY_REFUSED"
  | "WEB_BAD_ADDRESS"
  | "WEB_BAD_INPUT"
  | "WEB_UNREACHABLE"
  | "WEB_TIMEOUT"
  | "WEB_RATE_LIMITED"
  | "WEB_STATUS"
  | "WEB_TOO_LARGE"
  | "WEB_BAD_ANSWER"
  | "WEB_UNSUPPORTED_TYPE"
  | "WEB_NO_RESULTS";

/** What is known of a failure. */
export interface WebToolErrorData {
  /** Who was asked: a service such as `"Exa"`, or a host. */
  service: string;
  status?: number;
  /** The option that is wrong. */
  option?: string;
}

/** A tool that reaches the web and gave no result. It holds no key. */
export class WebToolError extends SmoltoolsError<WebToolErrorCode, WebToolErrorData> {}
