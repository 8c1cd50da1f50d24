import { testSandbox } from "@smoltools/core/testing";
import { afterAll, beforeAll, describe, test } from "vitest";
import { e2b } from "./e2b.ts";
import { apiKey, E2bServer } from "./test-server/e2b-server.ts";

let server: E2bServer;
beforeAll(async () => {
  server = await E2bServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

describe("e2b keeps the contract of a sandbox of Python: it", () => {
  testSandbox({
    provider: {
      name: "e2b",
      language: "python",
      create: (options) => {
        const create = { apiUrl: server.url, sandboxUrl: server.url };
        return e2b({ apiKey, language: "python", create }).create(options);
      },
    },
    test,
    afterAll,
    isolation: "process",
  });
});
