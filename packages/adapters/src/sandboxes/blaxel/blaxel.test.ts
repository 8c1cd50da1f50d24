import process from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HttpService, sendJson } from "../remote/test-support/http-service.ts";
import { testRemoteProvider } from "../remote/test-support/remote-cases.ts";
import { blaxel } from "./blaxel.ts";
import { apiKey, BlaxelServer, workspace } from "./test-server/blaxel-server.ts";

let port = 0;

async function startServer(): Promise<BlaxelServer> {
  const server = await BlaxelServer.start(port);
  port = server.port;
  process.env.BL_API_URL = server.url;
  process.env.BL_DISABLE_H2 = "1";
  return server;
}

testRemoteProvider({
  name: "blaxel",
  startFake: startServer,
  provide: (_fake, options) => blaxel({ ...options, apiKey, workspace }),
  refusals: [
    [402, /wants to be paid \(402\)/],
    [403, /refuses the credentials \(403\)/],
    [429, /gives no more sandboxes/],
    [500, /did not start a sandbox \(500\)/],
  ],
});

describe("blaxel", () => {
  let server: BlaxelServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it("asks for a machine with a closed network that does not live for ever", async () => {
    await using sandbox = await blaxel({ apiKey, workspace, lifetimeMs: 90_500 }).create();
    expect(sandbox.language).toBe("javascript");
    expect(server.created.at(-1)).toMatchObject({
      spec: {
        region: "us-was-1",
        runtime: { image: "blaxel/base-image:latest", ttl: "91s" },
        network: { firewall: { rulesets: ["proxy"] }, proxy: { allowedDomains: ["none.invalid"] } },
      },
    });
  });

  it.each<[network: "open" | object, asked: object | undefined]>([
    ["open", undefined],
    [{ allowedDomains: ["example.org"] }, { allowedDomains: ["example.org"] }],
  ])("asks for the network %j when it is told to", async (network, asked) => {
    await using sandbox = await blaxel({ apiKey, workspace, network }).create();
    expect(sandbox.name).toBe("blaxel");
    expect(server.created.at(-1)?.spec.network).toEqual(asked);
  });

  it("does not follow a machine that sends it elsewhere with the key", async () => {
    let requests = 0;
    await using elsewhere = await HttpService.start((_request, response) => {
      requests += 1;
      sendJson(response, 200, {});
    });
    server.logsElsewhere = elsewhere.url;
    try {
      await expect(blaxel({ apiKey, workspace }).create()).rejects.toMatchObject({ code: "SANDBOX_UNAVAILABLE" });
    } finally {
      server.logsElsewhere = undefined;
    }
    expect(requests).toBe(0);
  });

  it("refuses another pair of credentials in the same process", async () => {
    await blaxel({ apiKey, workspace })
      .create()
      .then((sandbox) => sandbox.dispose());
    const creation = blaxel({ apiKey: "bl_other-0123456789", workspace }).create();
    await expect(creation).rejects.toMatchObject({ code: "SANDBOX_BAD_OPTIONS", message: /one workspace and key/ });
  });
});
