import { isRecord } from "../../shared/json-access.ts";
import { decodeText } from "./decode-text.ts";
import type { WebAnswer } from "./web-request.ts";
import { WebToolError } from "./web-tool-error.ts";

/**
 * The JSON object of an answer.
 *
 * @throws WebToolError `WEB_BAD_ANSWER` when it is something else.
 */
export function jsonAnswer(answer: WebAnswer, service: string): Record<string, unknown> {
  const text = decodeText(answer.bytes, answer.header("content-type"));
  try {
    const json: unknown = JSON.parse(text);
    if (isRecord(json)) return json;
  } catch {
    // Told below.
  }
  const what = text.trimStart().startsWith("<") ? "a page" : text.trim() === "" ? "nothing" : "something else";
  throw new WebToolError(`${service} answered with ${what} instead of a JSON object. Is its address right?`, {
    code: "WEB_BAD_ANSWER",
    data: { service, status: answer.status },
  });
}
