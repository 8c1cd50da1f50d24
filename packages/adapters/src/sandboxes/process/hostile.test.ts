import { testHostileCode } from "@smoltools/core/testing";
import { afterAll, describe, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { openHostReach } from "../test-hostile/host-reach.ts";
import { processSandbox } from "./index.ts";

needsIsolation();

const reach = await openHostReach();
afterAll(() => reach[Symbol.asyncDispose]());

describe("the process sandbox contains", () => {
  testHostileCode({ provider: processSandbox(), test, afterAll, isolation: "process", reach });
});
