import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKey, declareSigners, type PackedPackage, type PackInput, pushPackage, signerFor } from "@smoltools/hub";
import { packageOf, testHub } from "./hub-fixture.ts";

/** A hub, and a folder of keys. */
export async function signingHub(...names: string[]) {
  const hub = await testHub();
  const home = await mkdtemp(join(tmpdir(), "smoltools-home-"));
  const keysDir = join(home, "keys");
  const keys = await Promise.all(names.map(async (name) => [name, await createKey(name, { keysDir })] as const));
  let trustFiles = 0;
  return {
    hub,
    home,
    keysDir,
    /** The public key of a name. */
    key: (name: string) => Object.fromEntries(keys)[name] ?? fail(name),
    /** A place for trusted keys that nobody has used. */
    newTrustFile: () => join(home, `trusted-${trustFiles++}.json`),
    /** A package of `acme` that names these keys, and its signature by them. */
    async signed(by: string | string[], body: string, more: Partial<PackInput> = {}) {
      const signer = await signerFor(by, { keysDir });
      const packed: PackedPackage = declareSigners(packageOf(body, more), signer);
      const signature = signer(packed.files.get("tool.json") ?? fail("tool.json"));
      return { packed, signature };
    },
    /** Publishes such a package. */
    async publish(by: string | string[], body: string, more: Partial<PackInput> = {}) {
      const { packed, signature } = await this.signed(by, body, more);
      return pushPackage(hub.client(), packed, { sign: () => signature });
    },
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function fail(name: string): never {
  throw new Error(`there is no ${name}`);
}
