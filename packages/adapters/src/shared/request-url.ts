import type { IncomingMessage } from "node:http";

/**
 * The address that a request to a server of `node:http` names, on a host that means nothing. Anybody can send anything
 * there: `GET //` names no address, and an error in the handler of a request would end the process.
 *
 * @returns `undefined` where it names none.
 */
export function requestUrl({ url = "/" }: Pick<IncomingMessage, "url">): URL | undefined {
  const base = "http://localhost";
  return URL.canParse(url, base) ? new URL(url, base) : undefined;
}
