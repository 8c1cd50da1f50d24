import { providerMessage, shortLine } from "../../shared/provider-message.ts";
import { hideSecrets, type WebAnswer } from "./web-request.ts";
import { WebToolError, type WebToolErrorCode } from "./web-tool-error.ts";

/** What is allowed of an answer, and who gave it. */
export interface AnswerCheck {
  service: string;
  /** Largest answer, in bytes. */
  maxBytes: number;
  secrets?: readonly string[];
}

/**
 * Lets answers with a status of 2xx and of an allowed size through.
 *
 * @throws WebToolError `WEB_KEY_REFUSED` (when a key was sent), `WEB_RATE_LIMITED`, `WEB_STATUS` or `WEB_TOO_LARGE`.
 */
export function checkAnswer(answer: WebAnswer, { service, maxBytes, secrets = [] }: AnswerCheck): void {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    if (answer.bytes.byteLength <= maxBytes) return;
    throw new WebToolError(`The answer of ${service} is larger than ${maxBytes} bytes.`, {
      code: "WEB_TOO_LARGE",
      data: { service },
    });
  }
  const [code, advice] = meaningOf(answer, secrets.length > 0);
  const body = Buffer.from(answer.bytes.subarray(0, 4096)).toString();
  const said = providerMessage(body, (text) => hideSecrets(text, secrets)).text;
  const named = [status, shortLine(hideSecrets(answer.statusText, secrets), 100)].filter(Boolean).join(" ");
  throw new WebToolError(`${service} answered ${named}${said === "" ? "" : `: ${said}`}${advice}`, {
    code,
    data: { service, status },
  });
}

function meaningOf(answer: WebAnswer, sentKey: boolean): [code: WebToolErrorCode, advice: string] {
  const { status } = answer;
  if (status === 429) {
    const seconds = /^\d{1,6}$/.exec(answer.header("retry-after") ?? "")?.[0];
    return ["WEB_RATE_LIMITED", `. Try again ${seconds === undefined ? "later" : `in ${seconds} s`}.`];
  }
  if (sentKey && (status === 401 || status === 403)) return ["WEB_KEY_REFUSED", ". Check the key."];
  return ["WEB_STATUS", status >= 500 ? ". Try again later." : ""];
}
