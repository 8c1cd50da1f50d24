import process from "node:process";
import { testSandbox } from "@smoltools/core/testing";
import { afterAll, beforeAll, describe, test } from "vitest";
import { modal } from "./modal.ts";
import { ModalServer, tokenId, tokenSecret } from "./test-server/modal-server.ts";

let server: ModalServer;
beforeAll(async () => {
  server = await ModalServer.start();
  process.env.MODAL_LOGLEVEL = "error";
  process.env.MODAL_SERVER_URL = server.url;
});
afterAll(() => server[Symbol.asyncDispose]());

describe("modal keeps the contract of a sandbox of JavaScript: it", () => {
  testSandbox({ provider: modal({ tokenId, tokenSecret }), test, afterAll, isolation: "process" });
});
