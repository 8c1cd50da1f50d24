import { HubServerError } from "../../hub-server-error.ts";
import type { HubRequest } from "./hub-request.ts";
import { parseJson } from "../../../shared/parse-json.ts";

/**
 * How many items a page has.
 *
 * @param fallback - Where the client asks for no number.
 * @param max - A larger number is cut to it.
 */
export function pageLimit(request: HubRequest, fallback: number, max: number): number {
  const asked = request.query.get("limit");
  if (asked === null) return fallback;
  if (!/^\d{1,9}$/.test(asked) || Number(asked) === 0) {
    throw new HubServerError("HUB_BAD_REQUEST", "limit is not a number above 0.");
  }
  return Math.min(Number(asked), max);
}

/**
 * Where the page starts that a client asks for: what {@link nextLink} was given for it.
 *
 * @throws HubServerError `HUB_BAD_REQUEST` for a cursor that is not of this hub.
 */
export function readCursor(request: HubRequest): string[] | undefined {
  const cursor = request.query.get("cursor");
  if (cursor === null || cursor === "") return undefined;
  const value = parseJson(Buffer.from(cursor, "base64url").toString("utf8"));
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new HubServerError("HUB_BAD_REQUEST", "The cursor is not one of this hub: start from the first page.");
}

/**
 * The `Link` header that leads to the next page. Clients need an absolute address in exactly this form.
 *
 * @param publicUrl - The base of the hub, its path prefix included.
 * @param cursor - Where the next page starts.
 */
export function nextLink(publicUrl: string, request: HubRequest, cursor: readonly string[]): Record<string, string> {
  const url = new URL(`${publicUrl}${request.path}`);
  for (const [name, value] of request.query) url.searchParams.append(name, value);
  url.searchParams.set("cursor", writeCursor(cursor));
  return { Link: `<${url.href}>; rel="next"` };
}

/** The text that {@link readCursor} reads. */
export function writeCursor(cursor: readonly string[]): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}
