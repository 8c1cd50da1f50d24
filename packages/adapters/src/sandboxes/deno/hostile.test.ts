import { testHostileCode } from "@smoltools/core/testing";
import { afterAll, describe, test, vi } from "vitest";
import { processSandbox } from "../process/index.ts";
import { openHostReach } from "../test-hostile/host-reach.ts";
import { sampled } from "../test-hostile/sampled.ts";

vi.setConfig({ testTimeout: 60_000 });
const reach = await openHostReach();
afterAll(() => reach[Symbol.asyncDispose]());

describe("Deno without permissions contains", () => {
  testHostileCode({
    provider: processSandbox({ isolation: "deno" }),
    isolation: "process",
    reach,
    test: sampled(test, 8),
    afterAll,
  });
});
