import { testHostileCode } from "@smoltools/core/testing";
import { describe, test } from "vitest";
import { quickjs } from "./index.ts";

describe("quickjs contains", () => {
  testHostileCode({ provider: quickjs({ spareThreads: 3 }), test, isolation: "engine", maxLateMs: 2500 });
});
