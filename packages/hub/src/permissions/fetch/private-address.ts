import { BlockList, isIPv4, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

/** Ranges of IPv4 that are not the public internet. Source: IANA IPv4 Special-Purpose Address Registry. */
const privateRanges4: readonly [address: string, prefix: number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // The host of a virtual machine on Azure, which serves its agent there.
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** Those of IPv6, within the one range of public addresses. Source: IANA IPv6 Special-Purpose Address Registry. */
const privateRanges6: readonly [address: string, prefix: number][] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

/** Global unicast. All forms that hold an IPv4 address are outside, but for 6to4 and Teredo, which are named above. */
const publicRange6 = new BlockList();
publicRange6.addSubnet("2000::", 3, "ipv6");

// A list each: a `BlockList` takes an IPv4 address for the IPv6 address that it is mapped to.
const private4 = new BlockList();
for (const [address, prefix] of privateRanges4) private4.addSubnet(address, prefix, "ipv4");
const private6 = new BlockList();
for (const [address, prefix] of privateRanges6) private6.addSubnet(address, prefix, "ipv6");

/**
 * Tells whether an address is outside the public internet: private, loopback, link-local, reserved, or a form of
 * IPv6 that holds an IPv4 address and so could stand for one of these.
 *
 * @param address - An IPv4 or IPv6 address; anything else counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIPv4(address)) return isListed(private4, address);
  return !isIPv6(address) || !isListed(publicRange6, address) || isListed(private6, address);
}

/**
 * Tells whether an address is one of this machine's own. What listens here is reached past every firewall, also where
 * the address is a public one.
 */
export function isOwnAddress(address: string, interfaces: typeof networkInterfaces = networkInterfaces): boolean {
  const own = new BlockList();
  for (const { address: at, family } of Object.values(interfaces()).flatMap((list) => list ?? [])) {
    own.addAddress(withoutZone(at), family === "IPv4" ? "ipv4" : "ipv6");
  }
  return isListed(own, address);
}

/** Tells whether an address, and no other text, is in a list. */
export function isListed(list: BlockList, address: string): boolean {
  return list.check(withoutZone(address), isIPv6(address) ? "ipv6" : "ipv4");
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/s, "");
}
