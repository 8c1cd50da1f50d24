import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifestName } from "../manifest/manifest.ts";
import { packPackage, type PackedPackage } from "../pack/pack-package.ts";
import { preAuthenticationEncoding } from "./envelope.ts";
import { createKey } from "./key-store.ts";
import { openSignature } from "./open-signature.ts";
import { declareSigners, type Signer, signerFor } from "./signer.ts";

let folder: string;
let signer: Signer;
let packed: PackedPackage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-sign-"));
  await createKey("work", { keysDir: folder });
  await createKey("other", { keysDir: folder });
  signer = await signerFor("work", { keysDir: folder });
  packed = declareSigners(plain(), signer);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function plain(version = "1.0.0"): PackedPackage {
  return packPackage({
    name: "acme/act",
    version,
    description: "Acts.",
    tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
    runtime: "js",
    code: "export const tools = {};\n",
    sources: {},
  });
}

function manifestOf({ files }: PackedPackage): Uint8Array {
  return files.get(manifestName) ?? new Uint8Array();
}

function open(envelope: Uint8Array, { manifest, files }: PackedPackage) {
  const bytes = files.get(manifestName) ?? new Uint8Array();
  return openSignature(envelope, { source: "acme/act@1.0.0", bytes, signers: manifest.signers ?? [] });
}

describe("a signed package", () => {
  it("names the keys in its manifest, and is signed by them", () => {
    expect(packed.manifest.signers).toEqual(signer.publicKeys);
    expect(open(signer(manifestOf(packed)), packed).by.map(({ text }) => text)).toEqual(signer.publicKeys);
  });

  it("can have the signatures of several keys", async () => {
    const both = await signerFor(["work", "other"], { keysDir: folder });
    const signed = declareSigners(plain(), both);
    expect(open(both(manifestOf(signed)), signed).by).toHaveLength(2);
  });

  it("has a signature that openssl verifies by itself", async () => {
    const envelope = JSON.parse(Buffer.from(signer(manifestOf(packed))).toString()) as {
      payload: string;
      payloadType: string;
      signatures: { sig: string }[];
    };
    const path = (name: string) => join(folder, name);
    const signed = preAuthenticationEncoding(envelope.payloadType, Buffer.from(envelope.payload, "base64"));
    await writeFile(path("signed"), signed);
    await writeFile(path("signature"), Buffer.from(envelope.signatures[0]?.sig ?? "", "base64"));
    execFileSync("openssl", ["pkey", "-in", path("work.pem"), "-pubout", "-out", path("work.pub")]);
    const verify = (content: string) =>
      execFileSync(
        "openssl",
        [
          ["pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", path("work.pub")],
          ["-in", path(content), "-sigfile", path("signature")],
        ].flat(),
        { encoding: "utf8", stdio: "pipe" },
      );
    expect(verify("signed")).toContain("Signature Verified Successfully");
    await writeFile(path("changed"), Buffer.concat([signed, Buffer.from(" ")]));
    expect(() => verify("changed")).toThrow("Command failed");
  });

  it("takes a signature that openssl has made", async () => {
    const path = (name: string) => join(folder, name);
    const payload = manifestOf(packed);
    const payloadType = "application/vnd.smoltools.manifest+json";
    await writeFile(path("to-sign"), preAuthenticationEncoding(payloadType, payload));
    const sign = ["pkeyutl", "-sign", "-rawin", "-inkey", path("work.pem"), "-in", path("to-sign")];
    const sig = execFileSync("openssl", sign).toString("base64");
    const envelope = { payloadType, payload: Buffer.from(payload).toString("base64"), signatures: [{ sig }] };
    expect(open(Buffer.from(JSON.stringify(envelope)), packed).by).toHaveLength(1);
  });

  it("has to name the keys before they sign", () => {
    expect(() => signer(manifestOf(plain()))).toThrow(expect.objectContaining({ code: "SIGNATURE_INVALID" }));
  });

  it("keeps its other files, and stays the same when it is made again", () => {
    expect([...packed.files.keys()]).toEqual([...plain().files.keys()]);
    expect(declareSigners(plain(), signer)).toEqual(packed);
    expect(declareSigners(packed, signer).manifest.integrity).toBe(packed.manifest.integrity);
  });
});
