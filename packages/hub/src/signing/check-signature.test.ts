import { generateKeyPairSync } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SignatureError } from "../errors/signature-error.ts";
import type { LoadWarning } from "../resolve/load-warning.ts";
import { revokeKey, trustKey, untrustKey } from "./change-trust.ts";
import { checkSignature, type SignatureCheck } from "./check-signature.ts";
import { type PublicKey, publicKeyOf } from "./public-key.ts";
import { keysOf, TrustFile } from "./trusted-keys.ts";

const hub = "https://hub.example.com";
const acme = { hub, owner: "acme" };
const [first, second, third] = [1, 2, 3].map(() => publicKeyOf(generateKeyPairSync("ed25519").publicKey)) as [
  PublicKey,
  PublicKey,
  PublicKey,
];

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-trust-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function newFile(): TrustFile {
  return new TrustFile(join(folder, `trusted-${files++}.json`));
}

function check(trustFile: TrustFile, by: PublicKey[], more: Partial<SignatureCheck> = {}) {
  const ref = { hub, name: "acme/weather", version: "1.0.0" };
  return checkSignature({ package: ref, by, trustFile, required: false, pinNewKeys: true, ...more });
}

/** Ids of the keys that are trusted to be acme's. */
async function pinned(trustFile: TrustFile): Promise<string[]> {
  return keysOf(await trustFile.read(), acme).map(({ key }) => key);
}

describe("checkSignature", () => {
  it("pins the key that signed the first package of an owner, and takes it from then on", async () => {
    const trustFile = newFile();
    expect(await check(trustFile, [first])).toEqual({ keyId: first.id, trusted: true });
    expect(keysOf(await trustFile.read(), acme)).toEqual([
      { key: first.text, by: "first-use", from: "acme/weather@1.0.0" },
    ]);
    expect(await check(trustFile, [first], { required: true })).toEqual({ keyId: first.id, trusted: true });
  });

  it("refuses another key once one is pinned, and does not pin it", async () => {
    const trustFile = newFile();
    await check(trustFile, [first]);
    await expect(check(trustFile, [second])).rejects.toMatchObject({
      code: "SIGNATURE_KEY_CHANGED",
      data: { keyId: second.id, name: "acme/weather" },
    });
    expect(await pinned(trustFile)).toEqual([first.text]);
  });

  it("takes owners that differ in case for one, and hubs for several", async () => {
    const trustFile = newFile();
    await check(trustFile, [first]);
    const other = { name: "Acme/csv", version: "1.0.0" };
    await expect(check(trustFile, [second], { package: { ...other, hub } })).rejects.toMatchObject({
      code: "SIGNATURE_KEY_CHANGED",
    });
    const elsewhere = check(trustFile, [second], { package: { ...other, hub: "https://other.example.com" } });
    await expect(elsewhere).resolves.toMatchObject({ trusted: true });
  });

  it("pins a further key that signs beside a pinned one, so that the owner can change keys", async () => {
    const trustFile = newFile();
    await check(trustFile, [first]);
    expect(await check(trustFile, [second, first])).toMatchObject({ keyId: first.id });
    expect(await pinned(trustFile)).toEqual([first.text, second.text]);
    await expect(check(trustFile, [second])).resolves.toEqual({ keyId: second.id, trusted: true });
  });

  it("pins all keys of a first package with two maintainers", async () => {
    const trustFile = newFile();
    await check(trustFile, [first, second]);
    await expect(check(trustFile, [second])).resolves.toMatchObject({ trusted: true });
  });

  it("lets unsigned packages through where nobody has signed", async () => {
    const warnings: LoadWarning[] = [];
    const onWarning = (warning: LoadWarning) => warnings.push(warning);
    expect(await check(newFile(), [], { onWarning })).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it("warns of an unsigned package of an owner who has signed", async () => {
    const trustFile = newFile();
    const warnings: string[] = [];
    await check(trustFile, [first]);
    const other = { package: { hub, name: "acme/csv", version: "1.0.0" } };
    expect(await check(trustFile, [], { ...other, onWarning: ({ code }) => warnings.push(code) })).toBeUndefined();
    expect(warnings).toEqual(["PACKAGE_UNSIGNED"]);
  });

  it.each([
    { seen: ["1.1.0"], unsigned: "1.1.0", code: "SIGNATURE_MISSING" },
    { seen: ["1.1.0"], unsigned: "1.2.0-rc.1", code: "SIGNATURE_MISSING" },
    { seen: ["1.1.0"], unsigned: "1.0.9", code: undefined },
    { seen: ["1.1.0"], unsigned: "1.1.0-rc.1", code: undefined },
    { seen: ["2.0.0", "1.1.0"], unsigned: "1.5.0", code: "SIGNATURE_MISSING" },
    { seen: ["1.1.0", "2.0.0"], unsigned: "1.5.0", code: "SIGNATURE_MISSING" },
    { seen: ["1.1.0"], unsigned: "1.2.0", name: "ACME/Weather", code: "SIGNATURE_MISSING" },
    { seen: ["1.1.0"], unsigned: "1.2.0", isLocal: true, code: undefined },
  ])("judges an unsigned $unsigned of a package that was signed in $seen: $code", async (row) => {
    const { seen, unsigned, name = "acme/weather", isLocal = false, code } = row;
    const trustFile = newFile();
    for (const version of seen) {
      await check(trustFile, [first], { package: { hub, name: "acme/weather", version } });
    }
    const judged = check(trustFile, [], { package: { hub, name, version: unsigned }, isLocal });
    expect(await judged.catch((error: SignatureError) => error.code)).toBe(code);
  });

  it("takes an unsigned version again when the owner's keys are forgotten", async () => {
    const trustFile = newFile();
    await check(trustFile, [first]);
    await expect(check(trustFile, [])).rejects.toThrow("untrust acme");
    await trustFile.update((data) => untrustKey(data, acme));
    await expect(check(trustFile, [])).resolves.toBeUndefined();
  });

  it("learns no signed version from this machine", async () => {
    const trustFile = newFile();
    await trustFile.update((data) => trustKey(data, acme, first.text));
    await check(trustFile, [first], { isLocal: true, pinNewKeys: false });
    await expect(check(trustFile, [])).resolves.toBeUndefined();
  });

  it("refuses an unsigned package that has to be signed", async () => {
    await expect(check(newFile(), [], { required: true })).rejects.toMatchObject({ code: "SIGNATURE_MISSING" });
  });

  it("does not learn keys where it may not", async () => {
    const trustFile = newFile();
    expect(await check(trustFile, [first], { pinNewKeys: false })).toEqual({ keyId: first.id, trusted: false });
    await expect(check(trustFile, [first], { pinNewKeys: false, required: true })).rejects.toMatchObject({
      code: "SIGNATURE_UNTRUSTED",
    });
    expect(await pinned(trustFile)).toEqual([]);
    await trustFile.update((data) => trustKey(data, acme, first.text));
    expect(await check(trustFile, [first, second], { pinNewKeys: false, required: true })).toMatchObject({
      trusted: true,
    });
    expect(await pinned(trustFile)).toEqual([first.text]);
  });

  it("never takes a revoked key, whoever signs beside it", async () => {
    const trustFile = newFile();
    await check(trustFile, [first, second]);
    await trustFile.update((data) => revokeKey(data, second.id));
    await expect(check(trustFile, [second])).rejects.toMatchObject({ code: "SIGNATURE_REVOKED" });
    await expect(check(trustFile, [second, third])).rejects.toMatchObject({ code: "SIGNATURE_KEY_CHANGED" });
    await expect(check(trustFile, [first, second])).resolves.toMatchObject({ keyId: first.id });
    await expect(trustFile.update((data) => trustKey(data, acme, second.text))).rejects.toMatchObject({
      code: "SIGNATURE_REVOKED",
    });
  });

  it("does not take the owner for a new one when all of their keys are revoked", async () => {
    const trustFile = newFile();
    await check(trustFile, [first]);
    await trustFile.update((data) => revokeKey(data, first.id));
    await expect(check(trustFile, [second])).rejects.toMatchObject({ code: "SIGNATURE_KEY_CHANGED" });
  });

  it.each([
    ["2026-06-30", "2026-06-30", undefined],
    ["2026-06-30", "2026-07-01", "SIGNATURE_EXPIRED"],
    ["2026-06-30", "2026-01-01", undefined],
  ])("takes a key with the last day %s on %s: %s", async (notAfter, today, code) => {
    const trustFile = newFile();
    await trustFile.update((data) => trustKey(data, acme, first.text, notAfter));
    const outcome = await check(trustFile, [first], { today }).catch((error: unknown) => error);
    expect(outcome).toMatchObject(code ? { code } : { trusted: true });
  });

  it("does not let a key past its last day bring another one", async () => {
    const trustFile = newFile();
    await trustFile.update((data) => trustKey(data, acme, first.text, "2026-06-30"));
    await expect(check(trustFile, [first, second], { today: "2026-07-01" })).rejects.toMatchObject({
      code: "SIGNATURE_EXPIRED",
    });
    expect(await pinned(trustFile)).toEqual([first.text]);
  });

  it("lets one of two win who pin different keys at the same time", async () => {
    const trustFile = newFile();
    const results = await Promise.allSettled([check(trustFile, [first]), check(trustFile, [second])]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await pinned(trustFile)).toHaveLength(1);
  });

  it("goes on, and says so, where the key cannot be remembered", async () => {
    const warnings: string[] = [];
    await writeFile(join(folder, "plain-file"), "");
    const trustFile = new TrustFile(join(folder, "plain-file", "trusted.json"));
    const read = check(trustFile, [first], { onWarning: ({ code }) => warnings.push(code) });
    await expect(read).resolves.toMatchObject({ keyId: first.id });
    expect(warnings).toEqual(["KEY_NOT_PINNED"]);
  });

  it("forgets an owner whose keys are not trusted any more", async () => {
    const trustFile = newFile();
    await check(trustFile, [first]);
    await trustFile.update((data) => untrustKey(data, acme, first.id));
    expect(await trustFile.read()).toEqual({ schemaVersion: 1, owners: [], revoked: [] });
    await expect(trustFile.update((data) => untrustKey(data, acme))).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
  });
});

describe("a file of trusted keys", () => {
  it("is not overwritten when it cannot be read", async () => {
    const trustFile = newFile();
    for (const text of ["{", "[]", '{"schemaVersion":1}', '{"schemaVersion":1,"owners":[],"owners":[],"revoked":[]}']) {
      await writeFile(trustFile.path, text);
      await expect(check(trustFile, [first])).rejects.toMatchObject({ code: "TRUST_FILE_INVALID" });
      expect(await readFile(trustFile.path, "utf8")).toBe(text);
    }
  });

  it("keeps what several write at the same time", async () => {
    const trustFile = newFile();
    const owners = Array.from({ length: 8 }, (_, index) => `owner${index}`);
    await Promise.all(
      owners.map((owner) => check(trustFile, [first], { package: { hub, name: `${owner}/x`, version: "1.0.0" } })),
    );
    expect((await trustFile.read()).owners.map(({ owner }) => owner)).toEqual(owners);
  });

  it.each(["constructor", "__proto__"])("has owners by the name %s", async (owner) => {
    const trustFile = newFile();
    const ref = { hub, name: `${owner}/x`, version: "1.0.0" };
    await expect(check(trustFile, [first], { package: ref })).resolves.toMatchObject({ trusted: true });
    await expect(check(trustFile, [second], { package: ref })).rejects.toMatchObject({ code: "SIGNATURE_KEY_CHANGED" });
  });

  it("is read where it cannot be written", async () => {
    const own = join(folder, "read-only");
    await mkdir(own);
    const trustFile = new TrustFile(join(own, "trusted.json"));
    await check(trustFile, [first]);
    await chmod(own, 0o500);
    await expect(check(trustFile, [first])).resolves.toMatchObject({ trusted: true });
    await chmod(own, 0o700);
  });

  it.each(["2026-13-01", "2026-02-30", "tomorrow", ""])("takes no last day %j", async (day) => {
    const change = newFile().update((data) => trustKey(data, acme, first.text, day));
    await expect(change).rejects.toMatchObject({ code: "KEY_INVALID" });
  });

  it("holds no more keys of an owner than are worth trying", async () => {
    const trustFile = newFile();
    const keys = Array.from({ length: 17 }, () => publicKeyOf(generateKeyPairSync("ed25519").publicKey).text);
    const trustAll = trustFile.update((data) => keys.reduce((now, key) => trustKey(now, acme, key), data));
    await expect(trustAll).rejects.toMatchObject({ code: "KEY_INVALID" });
  });
});
