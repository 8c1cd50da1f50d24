import { describe, expect, it } from "vitest";
import { loadSdk } from "./load-sdk.ts";

const sdk = { sandbox: "acme", packageName: "@acme/sdk", version: "^2.5.0" };

function failing(message: string, code: string): Promise<never> {
  return loadSdk(() => Promise.reject(Object.assign(new Error(message), { code })), sdk);
}

describe("the loading of a provider's library", () => {
  it("gives the library", async () => {
    expect(await loadSdk(() => Promise.resolve({ answer: 42 }), sdk)).toEqual({ answer: 42 });
  });

  it("says what to install when it is missing", async () => {
    const loading = failing("Cannot find package '@acme/sdk' imported from /app/a.js", "ERR_MODULE_NOT_FOUND");
    await expect(loading).rejects.toMatchObject({
      code: "SANDBOX_UNAVAILABLE",
      message: 'the package @acme/sdk is not installed. Install it: npm install "@acme/sdk@^2.5.0"',
      cause: { code: "ADAPTER_PEER_MISSING" },
    });
  });

  it("says that it cannot be loaded", async () => {
    const loading = failing("Cannot find package 'left-pad' imported from /app/a.js", "ERR_MODULE_NOT_FOUND");
    await expect(loading).rejects.toMatchObject({ code: "SANDBOX_UNAVAILABLE", message: /left-pad/ });
  });
});
