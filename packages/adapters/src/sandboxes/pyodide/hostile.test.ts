import { testHostileCode } from "@smoltools/core/testing";
import { afterAll, describe, test, vi } from "vitest";
import { python } from "../python/index.ts";
import { openHostReach } from "../test-hostile/host-reach.ts";
import { sampled } from "../test-hostile/sampled.ts";

vi.setConfig({ testTimeout: 60_000 });
const reach = await openHostReach();
afterAll(() => reach[Symbol.asyncDispose]());

const noDescriptor = "the channel is no descriptor of its own, so that nothing can be done to it there";
const ownFiles = "its files are made up, in its own memory";
const notThere = "its Python lacks what the program tries";

/** What Python in WebAssembly has in another form. */
const known = [
  { test: "memory: memory that processes share, of which it takes no more than 300 MB", reason: notThere },
  { test: "protocol: a channel that it closes", reason: noDescriptor },
  { test: "protocol: a channel that it replaces", reason: noDescriptor },
  { test: "protocol: a channel of which it shuts one side", reason: noDescriptor },
  { test: "reach: files of the system about its users and its host", reason: ownFiles },
  { test: "reach: files outside of its own folder", reason: ownFiles },
  {
    test: "reach: the disk, of which it takes no more than 300 MB",
    reason: "its files count as memory of its process",
  },
  { test: "reach: sockets of the host", reason: notThere },
  {
    test: "reach: names and interfaces of the network",
    reason: "it makes up addresses for names that nobody looks up",
  },
  { test: "reach: programs of the host", reason: notThere },
  { test: "reach: privileges", reason: notThere },
  { test: "time: a wait for input", reason: "its standard input is empty rather than closed" },
];

describe("Pyodide in Deno without permissions contains", () => {
  testHostileCode({
    provider: python({ imports: "*", isolation: "deno" }),
    isolation: "process",
    reach,
    skip: known,
    test: sampled(test, 8),
    afterAll,
    // It is made, and ended, in a second or more.
    maxLateMs: 2500,
  });
});
