import process from "node:process";
import { afterAll, beforeAll } from "vitest";
import { testCredentials } from "../remote/test-support/credential-cases.ts";
import { blaxel } from "./blaxel.ts";
import { BlaxelServer, workspace } from "./test-server/blaxel-server.ts";

let server: BlaxelServer;
beforeAll(async () => {
  server = await BlaxelServer.start();
  process.env.BL_API_URL = server.url;
  process.env.BL_DISABLE_H2 = "1";
});
afterAll(() => server[Symbol.asyncDispose]());

// The library keeps what it is told once, so this is the only test in its process that gives it a key.
testCredentials({
  name: "blaxel",
  provide: (secret) => blaxel({ apiKey: secret, workspace }),
  variable: /BL_API_KEY and BL_WORKSPACE/,
});
