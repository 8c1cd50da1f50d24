import { testHostileCode } from "@smoltools/core/testing";
import { afterAll, expect, test } from "vitest";
import { plainProcess } from "../javascript/test-support/plain-process.ts";
import { openHostReach } from "./host-reach.ts";

const reach = await openHostReach();
afterAll(() => reach[Symbol.asyncDispose]());

const tests = new Map<string, () => Promise<void>>();
testHostileCode({
  provider: plainProcess,
  isolation: "process",
  reach,
  test: (name, run) => tests.set(name, run),
});

// Only programs that look and do nothing: here nothing holds them.
test.each<[name: string, complaint: RegExp]>([
  ["reach: a file of the host, by every path that may lead to it", /path: .*root of itself.*link/],
  ["reach: the environment of the host", /process of the host: true/],
  ["reach: processes of the host", /of the host: true/],
  ["reach: sockets of the host", /127\.0\.0\.1: connected.*path: connected.*abstract: connected/],
  ["reach: datagrams to the host", /somebody sent a datagram/],
  ["reach: privileges", /new privileges|no filter/],
])("the suite notices a sandbox that does not hold back %s", async (name, complaint) => {
  await expect(tests.get(name)?.() ?? "there is no such program").rejects.toThrow(complaint);
});
