import process from "node:process";
import { afterAll, beforeAll, describe } from "vitest";
import { testHostSide } from "../test-hostile/host-side.ts";
import { modal } from "./modal.ts";
import { ModalServer, tokenId, tokenSecret } from "./test-server/modal-server.ts";

let server: ModalServer;
beforeAll(async () => {
  server = await ModalServer.start();
  process.env.MODAL_LOGLEVEL = "error";
  process.env.MODAL_SERVER_URL = server.url;
});
afterAll(() => server[Symbol.asyncDispose]());

describe("on this side modal contains", () => {
  testHostSide(modal({ tokenId, tokenSecret }));
});
