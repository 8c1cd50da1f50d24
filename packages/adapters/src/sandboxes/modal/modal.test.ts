import process from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testCredentials } from "../remote/test-support/credential-cases.ts";
import { testRemoteProvider } from "../remote/test-support/remote-cases.ts";
import { modal } from "./modal.ts";
import { ModalServer, tokenId, tokenSecret } from "./test-server/modal-server.ts";

let server: ModalServer;
beforeAll(async () => {
  server = await ModalServer.start();
  process.env.MODAL_LOGLEVEL = "error";
  useServer(server);
});
afterAll(() => server[Symbol.asyncDispose]());

/** The library knows no option for the address. */
function useServer({ url }: ModalServer): void {
  process.env.MODAL_SERVER_URL = url;
}

testRemoteProvider({
  name: "modal",
  startFake: () => ModalServer.start(),
  provide: (fake, options) => {
    useServer(fake);
    return modal({ ...options, tokenId, tokenSecret });
  },
  refusals: [
    [403, /refuses the credentials \(403\)/],
    [429, /gives no more sandboxes/],
  ],
});

testCredentials({
  name: "modal",
  provide: (secret) => {
    useServer(server);
    return modal({ tokenId, tokenSecret: secret });
  },
  variable: /MODAL_TOKEN_ID and MODAL_TOKEN_SECRET/,
});

describe("modal", () => {
  it("asks for a machine without a network that does not live for ever", async () => {
    useServer(server);
    await using sandbox = await modal({ tokenId, tokenSecret, lifetimeMs: 90_500 }).create();
    expect([sandbox.language, server.image]).toEqual(["javascript", "FROM node:24-slim"]);
    const blocked = 2;
    expect(server.created.at(-1)).toMatchObject({
      definition: { timeoutSecs: 91, networkAccess: { networkAccessType: blocked } },
    });
  });

  it("asks for the image and the network that it is told", async () => {
    useServer(server);
    const options = { tokenId, tokenSecret, image: "node:22", blockNetwork: false };
    await using sandbox = await modal(options).create();
    expect([sandbox.name, server.image]).toEqual(["modal", "FROM node:22"]);
    const open = 1;
    expect(server.created.at(-1)?.definition.networkAccess.networkAccessType).toBe(open);
  });
});
