import { testHostileCode } from "@smoltools/core/testing";
import { afterAll, describe, test } from "vitest";
import { openHostReach } from "../test-hostile/host-reach.ts";
import { python } from "./index.ts";

const reach = await openHostReach();
afterAll(() => reach[Symbol.asyncDispose]());

describe("the Python sandbox contains", () => {
  testHostileCode({ provider: python({ imports: "*" }), test, isolation: "process", reach });
});
