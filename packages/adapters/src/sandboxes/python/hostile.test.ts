import { testHostileCode } from "@smoltools/core/testing";
import { afterAll, describe, test } from "vitest";
import { needsIsolation } from "../isolation/test-support/needs-isolation.ts";
import { openHostReach } from "../test-hostile/host-reach.ts";
import { python } from "./index.ts";

needsIsolation();

const reach = await openHostReach();
afterAll(() => reach[Symbol.asyncDispose]());

describe("the Python sandbox contains", () => {
  testHostileCode({
    provider: python({ imports: "*", isolation: "bubblewrap" }),
    test,
    afterAll,
    isolation: "process",
    reach,
  });
});
