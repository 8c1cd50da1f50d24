import process from "node:process";
import { testSandbox } from "@smoltools/core/testing";
import { afterAll, beforeAll, describe, test } from "vitest";
import { blaxel } from "./blaxel.ts";
import { apiKey, BlaxelServer, workspace } from "./test-server/blaxel-server.ts";

let server: BlaxelServer;
beforeAll(async () => {
  server = await BlaxelServer.start();
  process.env.BL_API_URL = server.url;
  process.env.BL_DISABLE_H2 = "1";
});
afterAll(() => server[Symbol.asyncDispose]());

describe("blaxel keeps the contract of a sandbox of JavaScript: it", () => {
  testSandbox({ provider: blaxel({ apiKey, workspace }), test, afterAll, isolation: "process" });
});
