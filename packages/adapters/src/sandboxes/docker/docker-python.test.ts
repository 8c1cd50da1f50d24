import { testSandbox } from "@smoltools/core/testing";
import { afterAll, describe, test } from "vitest";
import { docker } from "./index.ts";
import { dockerHint, image } from "./test-support/needs-docker.ts";

describe.skipIf(dockerHint)("docker keeps the contract of a sandbox of Python: it", () => {
  testSandbox({ provider: docker({ image, language: "python" }), test, afterAll, isolation: "process" });
});
