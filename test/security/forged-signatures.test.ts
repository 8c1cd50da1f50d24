import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type LoadOptions, loadPackage, type PackedPackage } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { signingHub } from "../flows/signing-fixture.ts";

interface EnvelopeJson {
  payloadType: string;
  payload: string;
  signatures: { keyid?: string; sig: string }[];
}

let place: Awaited<ReturnType<typeof signingHub>>;
let good: { packed: PackedPackage; signature: Uint8Array };
beforeAll(async () => {
  place = await signingHub("owner", "thief");
  good = await place.signed("owner", "return 'good'");
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

/** A hub that serves these files as version 1.0.0 of acme/act. */
async function hubOf(files: ReadonlyMap<string, Uint8Array>) {
  const commit = "a".repeat(40);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname);
    if (path.endsWith("/refs")) {
      const tags = [{ name: "v1.0.0", ref: "refs/tags/v1.0.0", targetCommit: commit }];
      response.setHeader("content-type", "application/json");
      return response.end(JSON.stringify({ branches: [], tags, converts: [] }));
    }
    const bytes = files.get(path.split(`/resolve/${commit}/`)[1] ?? "");
    if (!bytes) return response.writeHead(404, { "x-error-code": "EntryNotFound" }).end();
    return response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function load({ packed, signature }: { packed: PackedPackage; signature: Uint8Array | string }) {
  await using hub = await hubOf(new Map([...packed.files, ["tool.json.sig", Buffer.from(signature)]]));
  const options: LoadOptions = {
    hubUrl: hub.url,
    sandbox,
    retries: 0,
    cacheDir: place.newTrustFile(),
    trustFile: place.newTrustFile(),
  };
  await using loaded = await loadPackage("acme/act@1.0.0", options);
  return loaded.manifest.integrity;
}

function changed(change: (envelope: EnvelopeJson) => object): string {
  return JSON.stringify(change(JSON.parse(Buffer.from(good.signature).toString()) as EnvelopeJson));
}

describe("a signature", () => {
  it("that is right is taken, whatever the hints in it say", async () => {
    expect(await load(good)).toBe(good.packed.manifest.integrity);
    const hints = changed(({ signatures, ...rest }) => ({
      ...rest,
      signatures: signatures.map(({ sig }) => ({ sig, keyid: "SHA256:another" })),
    }));
    expect(await load({ packed: good.packed, signature: hints })).toBe(good.packed.manifest.integrity);
  });

  it.each<[string, (envelope: EnvelopeJson) => object]>([
    ["whose bytes were changed", (e) => ({ ...e, signatures: [{ sig: Buffer.alloc(64, 1).toString("base64") }] })],
    ["of nothing but zeros", (e) => ({ ...e, signatures: [{ sig: Buffer.alloc(64).toString("base64") }] })],
    ["that is empty", (e) => ({ ...e, signatures: [{ sig: "" }] })],
    ["without signatures", (e) => ({ ...e, signatures: [] })],
    ["of another type", (e) => ({ ...e, payloadType: "application/vnd.in-toto+json" })],
    ["with another payload", (e) => ({ ...e, payload: Buffer.from("{}").toString("base64") })],
    ["without its payload", ({ payload: _payload, ...rest }) => rest],
    ["with a prototype for a payload", (e) => JSON.parse(`{"__proto__":${JSON.stringify(e)}}`) as object],
  ])("%s is refused", async (_title, change) => {
    const forged = { packed: good.packed, signature: changed(change) };
    await expect(load(forged)).rejects.toMatchObject({ code: "SIGNATURE_INVALID" });
  });

  it.each(["", "{", "null", "[]", '{"payload":"","payload":""}', "x".repeat(3_000_000)])(
    "that is no envelope (%#) is refused",
    async (signature) => {
      const outcome = await load({ packed: good.packed, signature }).catch((error: unknown) => error);
      const code = expect.stringMatching(/^(?:SIGNATURE_INVALID|HUB_RESPONSE_TOO_LARGE)$/);
      expect(outcome).toMatchObject({ code });
    },
  );

  it("of another package of the same owner is refused", async () => {
    const { signature } = await place.signed("owner", "return 'good'", { name: "acme/other" });
    await expect(load({ packed: good.packed, signature })).rejects.toMatchObject({ code: "SIGNATURE_INVALID" });
  });

  it("of an older version is refused on a newer one", async () => {
    const { signature } = await place.signed("owner", "return 'good'", { version: "0.9.0" });
    await expect(load({ packed: good.packed, signature })).rejects.toMatchObject({ code: "SIGNATURE_INVALID" });
  });

  it("does not let an older version, whole with its signature, stand for a newer one", async () => {
    const older = await place.signed("owner", "return 'old'", { version: "0.9.0" });
    await expect(load(older)).rejects.toMatchObject({ code: "MANIFEST_MISMATCH" });
  });

  it("by a key that the manifest does not name is refused", async () => {
    const { packed } = await place.signed("owner", "return 'evil'");
    const { signature } = await place.signed("thief", "return 'evil'");
    const foreign = JSON.parse(Buffer.from(signature).toString()) as EnvelopeJson;
    const payload = Buffer.from(packed.files.get("tool.json") ?? "").toString("base64");
    const forged = JSON.stringify({ ...foreign, payload });
    await expect(load({ packed, signature: forged })).rejects.toMatchObject({ code: "SIGNATURE_INVALID" });
  });

  it("cannot make a package signed that does not say so", async () => {
    const packed = packageOf("return 'plain'");
    await using hub = await hubOf(new Map([...packed.files, ["tool.json.sig", good.signature]]));
    const options = { hubUrl: hub.url, sandbox, cacheDir: place.newTrustFile(), trustFile: place.newTrustFile() };
    await expect(loadPackage("acme/act@1.0.0", { ...options, requireSignature: true })).rejects.toMatchObject({
      code: "SIGNATURE_MISSING",
    });
  });
});
