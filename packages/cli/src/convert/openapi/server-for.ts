/**
 * Where the paths of a document begin, when it says so only by where it was found: with an address that is relative to its
 * own, or none at all.
 *
 * Source: OpenAPI 3.1.1, "Server Object" and `servers`, whose default is `/`.
 *
 * @param url - The address of the document.
 * @returns `undefined` where the document says it in full, or was found in a file.
 */
export function serverFor(document: unknown, url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const { servers } = (typeof document === "object" && document !== null ? document : {}) as { servers?: unknown };
  const first: unknown = Array.isArray(servers) && servers.length > 0 ? servers[0] : { url: "/" };
  const address = (typeof first === "object" && first !== null ? first : {}) as { url?: unknown };
  if (typeof address.url !== "string" || /^[a-z][a-z0-9+.-]*:/i.test(address.url) || address.url.includes("{")) {
    return undefined;
  }
  // What is no address is refused, with its reason, by whoever reads the document.
  if (!URL.canParse(address.url, url)) return undefined;
  const { origin, pathname } = new URL(address.url, url);
  return `${origin}${pathname}`;
}
