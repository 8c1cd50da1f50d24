import type { IncomingMessage } from "node:http";
import { isIPv4, isIPv6 } from "node:net";

/**
 * The address that a request comes from.
 *
 * @param trustProxy - Believe the last entry of `X-Forwarded-For`: the one that the proxy next to the hub added. What
 * stands before it, anybody can write.
 */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const own = plain(request.socket.remoteAddress ?? "");
  if (!trustProxy) return own;
  const entries = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const last = plain((entries.at(-1) ?? "").trim());
  return isIPv4(last) || isIPv6(last) ? last : own;
}

/**
 * The part of an address by which requests are counted: one customer of a provider has a whole /64 of IPv6 addresses.
 */
export function addressGroup(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const end = tail === "" ? [] : tail.split(":");
    while (groups.length + end.length < 8) groups.push("0");
    groups.push(...end);
  }
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":");
}

/** IPv4 addresses look like IPv6 ones on sockets that take both. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
}
