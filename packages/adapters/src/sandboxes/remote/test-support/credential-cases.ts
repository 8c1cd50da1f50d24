import { inspect } from "node:util";
import type { SandboxProvider } from "@smoltools/core";
import { describe, expect, it } from "vitest";

/** A provider of sandboxes, by the secret that it is given. */
export interface CredentialCase {
  name: string;
  /** An empty secret stands for none. */
  provide(secret: string): SandboxProvider;
  /** What a message about missing credentials names. */
  variable: RegExp;
}

const wrongSecret = "secret-0123456789abcdef0123456789abcdef";

/** What every provider of remote sandboxes says of bad credentials. */
export function testCredentials({ name, provide, variable }: CredentialCase): void {
  describe(`the provider ${name}`, () => {
    it("says which credentials are missing", async () => {
      const creation = provide("").create();
      await expect(creation).rejects.toMatchObject({ code: "SANDBOX_UNAVAILABLE", message: variable });
    });

    it("says that the credentials are refused, without showing them", async () => {
      const creation = provide(wrongSecret).create();
      await expect(creation).rejects.toMatchObject({
        code: "SANDBOX_UNAVAILABLE",
        message: /refuses the credentials \(401\)/,
      });
      const error: unknown = await creation.catch((reason: unknown) => reason);
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(wrongSecret);
    });
  });
}
