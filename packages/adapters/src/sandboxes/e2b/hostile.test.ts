import type { SandboxProvider } from "@smoltools/core";
import { afterAll, beforeAll, describe } from "vitest";
import { testHostSide } from "../test-hostile/host-side.ts";
import { e2b } from "./e2b.ts";
import { apiKey, E2bServer } from "./test-server/e2b-server.ts";

let server: E2bServer;
beforeAll(async () => {
  server = await E2bServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

describe.each(["javascript", "python"] as const)("on this side e2b contains, in %s,", (language) => {
  const provider: SandboxProvider = {
    name: "e2b",
    language,
    create: (options) => {
      const create = { apiUrl: server.url, sandboxUrl: server.url };
      return e2b({ apiKey, language, create }).create(options);
    },
  };
  testHostSide(provider, language === "javascript" ? ["protocol"] : []);
});
