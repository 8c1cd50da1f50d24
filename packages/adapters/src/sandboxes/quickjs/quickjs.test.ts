import { testSandbox } from "@smoltools/core/testing";
import { describe, test } from "vitest";
import { quickjs } from "./index.ts";

describe("quickjs keeps the contract of a sandbox: it", () => {
  testSandbox({ provider: quickjs(), test });
});
