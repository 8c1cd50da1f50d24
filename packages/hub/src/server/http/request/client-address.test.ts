import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { addressGroup, clientAddress } from "./client-address.ts";

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

test.each([
  ["10.0.0.1", undefined, "10.0.0.1"],
  ["::ffff:10.0.0.1", undefined, "10.0.0.1"],
  ["10.0.0.1", "1.2.3.4", "1.2.3.4"],
  ["10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"],
  ["10.0.0.1", "1.2.3.4, nonsense", "10.0.0.1"],
  ["10.0.0.1", "2001:db8::1", "2001:db8::1"],
  ["10.0.0.1", "", "10.0.0.1"],
])("of a request from %s that a proxy says is from %j the address is %s", (remote, forwarded, address) => {
  expect(clientAddress(request(remote, forwarded), true)).toBe(address);
});

test("without a proxy nobody says where they come from", () => {
  expect(clientAddress(request("10.0.0.1", "1.2.3.4"), false)).toBe("10.0.0.1");
});

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:DB8:0001:2::1", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["::1", "0:0:0:0"],
  ["::", "0:0:0:0"],
  ["fe80::", "fe80:0:0:0"],
])("%s is counted as %s", (address, group) => {
  expect(addressGroup(address)).toBe(group);
});
