import { errorMessage, type HostFetch, type HostFetchResponse, isSmoltoolsError } from "@smoltools/core";
import { shortLine } from "../../shared/provider-message.ts";
import { redactor } from "../../shared/redact.ts";
import { WebToolError } from "./web-tool-error.ts";

/** A request of a tool. */
export interface WebRequest {
  url: string;
  /** @default "GET", and "POST" with a body */
  method?: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
}

/** How a request is made. */
export interface WebCall {
  fetch: HostFetch;
  signal: AbortSignal;
  /** Who is asked, for messages. */
  service: string;
  /** What must not be shown: keys that the request holds. */
  secrets?: readonly string[];
}

/** An answer, of whatever status. */
export interface WebAnswer {
  /** Where it came from, after redirects. */
  url: string;
  status: number;
  statusText: string;
  /** Value of a header; `undefined` when it is absent. */
  header(name: string): string | undefined;
  bytes: Uint8Array;
}

/**
 * Makes a request through the host's fetch, which decides what may be reached.
 *
 * @throws WebToolError `WEB_UNREACHABLE`; an error of smoltools, such as a refused permission, as it is.
 */
export async function webRequest(request: WebRequest, call: WebCall): Promise<WebAnswer> {
  const { url, body, headers = {} } = request;
  const { signal, service, secrets = [] } = call;
  let response: HostFetchResponse;
  try {
    response = await call.fetch(
      {
        url,
        method: request.method ?? (body === undefined ? "GET" : "POST"),
        headers: Object.entries(headers),
        ...(body !== undefined && { body: Buffer.from(body).toString("base64") }),
      },
      { signal },
    );
  } catch (error) {
    if (signal.aborted || isSmoltoolsError(error)) throw error;
    const why = shortLine(hideSecrets(reasons(error), secrets));
    throw new WebToolError(`Could not reach ${service}: ${why || "no reason was given"}`, {
      code: "WEB_UNREACHABLE",
      data: { service },
      // An error of another library may hold the request, and with it the key.
      ...(secrets.length === 0 && { cause: error }),
    });
  }
  return {
    url: response.url,
    status: response.status,
    statusText: response.statusText,
    header: (name) => response.headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1],
    bytes: Buffer.from(response.body, "base64"),
  };
}

/** Takes keys out of a text, also where they are percent-encoded. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return redactor(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))(text);
}

/** The messages of an error and of what led to it: "fetch failed" alone says nothing. */
function reasons(error: unknown): string {
  const messages: string[] = [];
  for (let at = error; at !== undefined && at !== null && messages.length < 4; at = causeOf(at)) {
    const message = errorMessage(at);
    if (message !== "" && !messages.includes(message)) messages.push(message);
  }
  return messages.join(": ");
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
