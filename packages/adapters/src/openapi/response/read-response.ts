import { MediaRef, ToolSourceError } from "@smoltools/core";
import { textOfBytes } from "../../shared/bytes.ts";
import { parseJson } from "../../shared/json-access.ts";
import { retryAfterOf } from "../../shared/retry-after.ts";
import type { ReceivedResponse } from "../request/exchange.ts";

/** Most characters of an answer's body that an error repeats. */
const maxErrorText = 2000;

/**
 * The value that an answer stands for: JSON, a text, media, or `null` where there is no body.
 *
 * @param operation - Names the operation in errors.
 * @param redact - Takes credentials out of a text: servers repeat them.
 * @throws ToolSourceError for answers that are no result: `SOURCE_UNAUTHORISED`, `SOURCE_QUOTA`, `SOURCE_TOO_LARGE`,
 *   `SOURCE_ANSWER_INVALID`; Error for any other status than 2xx.
 */
export function readResponse(
  operation: string,
  response: ReceivedResponse,
  maxBytes: number,
  redact: (text: string) => string,
): unknown {
  const { status, statusText, body } = response;
  if (body.length > maxBytes) {
    throw new ToolSourceError(`${operation} answered more than ${maxBytes} bytes (maxResponseBytes)`, {
      code: "SOURCE_TOO_LARGE",
      data: { tool: operation },
    });
  }
  const type = headerOf(response, "content-type")?.toLowerCase() ?? "";
  if (status >= 200 && status < 300) return valueOf(operation, body, type);
  const said = redact(clipped(isText(type) ? textOfBytes(body.subarray(0, maxErrorText * 4)).trim() : ""));
  const what = `HTTP ${status}${statusText === "" ? "" : ` ${redact(statusText.slice(0, 100))}`}${said && `: ${said}`}`;
  const data = { tool: operation };
  if (status === 401) {
    throw new ToolSourceError(`${operation} was refused: ${what}`, { code: "SOURCE_UNAUTHORISED", data });
  }
  if (status === 429) {
    const retryAfterMs = retryAfterOf(headerOf(response, "retry-after"));
    throw new ToolSourceError(`${operation} was called too often: ${what}`, {
      code: "SOURCE_QUOTA",
      data: { ...data, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    });
  }
  throw new Error(what);
}

function valueOf(operation: string, bytes: Uint8Array, type: string): unknown {
  if (bytes.length === 0) return null;
  if (/^application\/(?:[\w.-]+\+)?json\b/.test(type)) {
    const value = parseJson(textOfBytes(bytes));
    if (value !== undefined) return value;
    throw new ToolSourceError(`${operation} answered ${type} that is not JSON`, {
      code: "SOURCE_ANSWER_INVALID",
      data: { tool: operation },
    });
  }
  if (isText(type)) return textOfBytes(bytes);
  const [mediaType = ""] = type.split(";", 1);
  return MediaRef.fromBytes(bytes, {
    mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(mediaType.trim()) ? mediaType.trim() : "application/octet-stream",
  });
}

/** A server that says nothing of the type means a text, as far as errors and small services go. */
function isText(type: string): boolean {
  return type === "" || /^text\/|^application\/(?:[\w.-]+\+)?(?:json|xml|yaml|x-ndjson|javascript)\b/.test(type);
}

function headerOf({ headers }: ReceivedResponse, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

function clipped(text: string): string {
  return text.length > maxErrorText ? `${text.slice(0, maxErrorText)}…` : text;
}
