import { testSandbox } from "@smoltools/core/testing";
import { afterAll, describe, test } from "vitest";
import { docker } from "./index.ts";
import { dockerHint, image } from "./test-support/needs-docker.ts";

describe.skipIf(dockerHint)("docker keeps the contract of a sandbox of JavaScript: it", () => {
  testSandbox({ provider: docker({ image }), test, afterAll, isolation: "process" });
});
