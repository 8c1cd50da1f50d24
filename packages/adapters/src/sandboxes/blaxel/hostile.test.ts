import process from "node:process";
import { afterAll, beforeAll, describe } from "vitest";
import { testHostSide } from "../test-hostile/host-side.ts";
import { blaxel } from "./blaxel.ts";
import { apiKey, BlaxelServer, workspace } from "./test-server/blaxel-server.ts";

let server: BlaxelServer;
beforeAll(async () => {
  server = await BlaxelServer.start();
  process.env.BL_API_URL = server.url;
  process.env.BL_DISABLE_H2 = "1";
});
afterAll(() => server[Symbol.asyncDispose]());

describe("on this side blaxel contains", () => {
  testHostSide(blaxel({ apiKey, workspace }));
});
