import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isOwnAddress, isPrivateAddress } from "./private-address.ts";

describe("a private address", () => {
  it.each([
    ["this network", "0.0.0.0", "0.255.255.255"],
    ["private use", "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255"],
    ["shared address space", "100.64.0.0", "100.100.100.200", "100.127.255.255"],
    ["loopback", "127.0.0.1", "127.255.255.255", "::1"],
    ["link-local", "169.254.0.0", "169.254.169.254", "169.254.255.255", "fe80::1", "fe80::1%eth0", "febf::1"],
    ["protocol assignments", "192.0.0.0", "192.0.0.192", "192.0.0.255"],
    ["documentation", "192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
    ["benchmarking", "198.18.0.0", "198.19.255.255", "2001:2::1"],
    ["a relay of 6to4", "192.88.99.1"],
    ["the host of a machine on Azure", "168.63.129.16"],
    ["multicast", "224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"],
    ["reserved and broadcast", "240.0.0.1", "255.255.255.255", "4000::1", "8000::1"],
    ["unspecified", "::"],
    ["unique local", "fc00::1", "fd00::1", "fd00:ec2::254"],
    ["site-local", "fec0::1"],
    ["mapped IPv4", "::ffff:127.0.0.1", "::ffff:a00:1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "::127.0.0.1"],
    ["translated IPv4", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::"],
    ["a segment of routing", "5f00::1"],
    ["discard only", "100::1"],
    ["no address", "not an address", "", "127.1", "0x7f.0.0.1", "[::1]"],
  ])("is one of %s", (_what, ...addresses) => {
    expect(addresses.filter((address) => !isPrivateAddress(address))).toEqual([]);
  });

  it("is none of the public ones, on either side of the ranges", () => {
    const addresses = [
      ..."1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0".split(" "),
      ..."169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.167.255.255".split(" "),
      ..."192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 2606:4700:4700::1111 2001:4860:4860::8888".split(" "),
    ];
    expect(addresses.filter(isPrivateAddress)).toEqual([]);
  });

  it("holds for every form of IPv6 that an address of IPv4 is written in", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom("::ffff:", "::", "64:ff9b::", "::ffff:0:"), (address, prefix) => {
        expect(isPrivateAddress(`${prefix}${address}`)).toBe(true);
      }),
    );
  });
});

describe("an address of this machine", () => {
  const base = { netmask: "", mac: "", internal: false, cidr: null };
  const interfaces = () => ({
    eth0: [
      { ...base, address: "9.9.9.9", family: "IPv4" as const },
      { ...base, address: "2620:fe::9", family: "IPv6" as const, scopeid: 0 },
    ],
    none: undefined,
  });

  it.each([
    ["9.9.9.9", true],
    ["9.9.9.10", false],
    ["2620:fe::9", true],
    ["2620:fe:0:0:0:0:0:9", true],
    ["::ffff:9.9.9.9", true],
    ["2620:fe::10", false],
  ])("is known: %s %s", (address, own) => {
    expect(isOwnAddress(address, interfaces)).toBe(own);
  });

  it("is found among the real interfaces", () => {
    expect(isOwnAddress("127.0.0.1")).toBe(true);
    expect(isOwnAddress("1.1.1.1")).toBe(false);
  });
});
