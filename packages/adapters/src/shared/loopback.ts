/**
 * True for addresses that never leave this machine.
 *
 * @param url - Its host is compared as it is written: no name is resolved but `localhost`.
 */
export function isLoopback(url: URL): boolean {
  const host = url.hostname.toLowerCase();
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}
