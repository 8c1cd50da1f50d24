import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testCredentials } from "../remote/test-support/credential-cases.ts";
import { testRemoteProvider } from "../remote/test-support/remote-cases.ts";
import { e2b, type E2bOptions } from "./e2b.ts";
import { apiKey, E2bServer } from "./test-server/e2b-server.ts";

let server: E2bServer;
beforeAll(async () => {
  server = await E2bServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

function addresses({ url }: E2bServer): Pick<E2bOptions, "create"> {
  return { create: { apiUrl: url, sandboxUrl: url } };
}

testRemoteProvider({
  name: "e2b",
  startFake: () => E2bServer.start(),
  provide: (fake, options) => e2b({ apiKey, ...addresses(fake), ...options }),
  refusals: [
    [402, /wants to be paid \(402\)/],
    [403, /refuses the credentials \(403\)/],
    [429, /gives no more sandboxes/],
    [500, /did not start a sandbox \(500\)/],
  ],
});

testCredentials({
  name: "e2b",
  provide: (secret) => e2b({ ...addresses(server), apiKey: secret }),
  variable: /E2B_API_KEY/,
});

describe("e2b", () => {
  it("asks for a machine without internet access that does not live for ever", async () => {
    await using sandbox = await e2b({ apiKey, ...addresses(server), lifetimeMs: 90_500 }).create();
    expect(sandbox.language).toBe("javascript");
    expect(server.created.at(-1)).toMatchObject({ templateID: "base", timeout: 91, allow_internet_access: false });
  });

  it("asks for the template and the access that it is told", async () => {
    const options = { apiKey, ...addresses(server), template: "mine", allowInternetAccess: true };
    await using sandbox = await e2b(options).create();
    expect(sandbox.name).toBe("e2b");
    expect(server.created.at(-1)).toMatchObject({ templateID: "mine", timeout: 1800, allow_internet_access: true });
  });
});
