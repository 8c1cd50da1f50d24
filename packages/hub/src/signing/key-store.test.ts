import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createKey, listKeys, readKey } from "./key-store.ts";

let keysDir: string;
beforeEach(async () => {
  keysDir = join(await mkdtemp(join(tmpdir(), "smoltools-keys-")), "keys");
});
afterEach(async () => {
  await rm(join(keysDir, ".."), { recursive: true, force: true });
});
const passphrase = "correct horse battery staple";

describe("a key store", () => {
  it("has the keys that were made, sorted", async () => {
    expect(await listKeys({ keysDir })).toEqual([]);
    const made = await createKey("work", { keysDir });
    await createKey("home", { keysDir });
    expect(await listKeys({ keysDir })).toEqual(["home", "work"]);
    expect((await readKey("work", { keysDir })).publicKey.text).toBe(made.text);
  });

  it("keeps keys where nobody else can read them, and leaves nothing beside them", async () => {
    await createKey("work", { keysDir });
    expect((await stat(join(keysDir, "work.pem"))).mode & 0o777).toBe(0o600);
    expect((await stat(keysDir)).mode & 0o777).toBe(0o700);
    expect(await readdir(keysDir)).toEqual(["work.pem"]);
  });

  it("never overwrites a key", async () => {
    const made = await createKey("work", { keysDir });
    await expect(createKey("work", { keysDir })).rejects.toMatchObject({ code: "KEY_EXISTS" });
    expect((await readKey("work", { keysDir })).publicKey.text).toBe(made.text);
  });

  it("makes one key when two ask for the same name at once", async () => {
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => createKey("work", { keysDir })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("encrypts with a passphrase, and opens with that one alone", async () => {
    const made = await createKey("work", { keysDir, passphrase });
    expect(await readFile(join(keysDir, "work.pem"), "utf8")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    expect((await readKey("work", { keysDir, passphrase })).publicKey.text).toBe(made.text);
    for (const env of [{}, { SMOLTOOLS_KEY_PASSPHRASE: "wrong" }]) {
      const error = await readKey("work", { keysDir, env }).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: "KEY_INVALID" });
      expect(String(error)).not.toContain(passphrase);
    }
  });

  it("takes the passphrase of the environment", async () => {
    const env = { SMOLTOOLS_KEY_PASSPHRASE: passphrase };
    await createKey("work", { keysDir, env });
    await expect(readKey("work", { keysDir, env })).resolves.toBeDefined();
  });

  it("makes keys that openssl reads", async () => {
    const { text } = await createKey("work", { keysDir });
    const der = execFileSync("openssl", ["pkey", "-in", join(keysDir, "work.pem"), "-pubout", "-outform", "DER"]);
    expect(der.subarray(-32).toString("base64")).toBe(text.split(" ")[1]);
  });

  it("refuses a key that others can read", async () => {
    await createKey("work", { keysDir });
    await chmod(join(keysDir, "work.pem"), 0o640);
    await expect(readKey("work", { keysDir })).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  it("refuses a key of another kind, and quotes nothing of it", async () => {
    await createKey("work", { keysDir });
    const path = join(keysDir, "rsa.pem");
    const pem = execFileSync("openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], {
      stdio: ["ignore", "pipe", "ignore"],
    }).toString();
    for (const content of [pem, pem.slice(0, 500), "no key at all"]) {
      await writeFile(path, content, { mode: 0o600 });
      const error = await readKey("rsa", { keysDir }).catch((caught: unknown) => caught as Error);
      expect(error).toMatchObject({ code: "KEY_INVALID" });
      expect(JSON.stringify([String(error), error])).not.toContain(content.slice(30, 60) || "no key at all");
    }
  });

  it.each(["", "../x", "a/b", "Work", "-x", "x".repeat(65), "a\0b"])("has no key of the name %j", async (name) => {
    await expect(createKey(name, { keysDir })).rejects.toMatchObject({ code: "KEY_INVALID" });
    await expect(readKey(name, { keysDir })).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  it("says which key is missing", async () => {
    await expect(readKey("work", { keysDir })).rejects.toMatchObject({ code: "KEY_NOT_FOUND", data: { name: "work" } });
  });
});
