import { loadPackage, pushPackage, revokeKey, trustKey, TrustFile } from "@smoltools/hub";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { signingHub } from "../flows/signing-fixture.ts";

let place: Awaited<ReturnType<typeof signingHub>>;
let versions = 0;
beforeAll(async () => {
  place = await signingHub("owner", "thief");
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

/** Somebody who knows the key of acme, because they have loaded a package of theirs. */
async function user() {
  const trustFile = place.newTrustFile();
  const load = (ref: string) => loadPackage(ref, place.hub.coldOptions({ trustFile }));
  const name = `acme/foreign-${versions++}`;
  await place.publish("owner", "return 'good'", { name, version: "1.0.0" });
  await load(`${name}@1.0.0`);
  return { trustFile, load, name };
}

describe("whoever gets hold of an owner's account, but not of their key", () => {
  it("cannot publish a version that those who know the key take", async () => {
    const { load, name } = await user();
    await place.publish("thief", "return 'evil'", { name, version: "1.0.1" });
    await expect(load(`${name}@1.0.1`)).rejects.toMatchObject({ code: "SIGNATURE_KEY_CHANGED" });
    await expect(load(`${name}@1.0.0`)).resolves.toBeDefined();
  });

  it("cannot publish another package of the owner either", async () => {
    const { load, name } = await user();
    await place.publish("thief", "return 'evil'", { name: `${name}-new` });
    await expect(load(`${name}-new`)).rejects.toMatchObject({ code: "SIGNATURE_KEY_CHANGED" });
  });

  it("cannot bring a key in by signing beside the owner: the owner's manifest does not name it", async () => {
    const { load, name, trustFile } = await user();
    const { packed, signature } = await place.signed("owner", "return 2", { name, version: "1.0.1" });
    const { signature: other } = await place.signed("thief", "return 2", { name, version: "1.0.1" });
    const [mine, theirs] = [signature, other].map((bytes) => JSON.parse(Buffer.from(bytes).toString()) as Envelope);
    const both = { ...mine, signatures: [...(theirs?.signatures ?? []), ...(mine?.signatures ?? [])] };
    await pushPackage(place.hub.client(), packed, { sign: () => Buffer.from(JSON.stringify(both)) });
    await load(`${name}@1.0.1`);
    const { owners } = await new TrustFile(trustFile).read();
    expect(owners.flatMap(({ keys }) => keys.map(({ key }) => key))).toEqual([place.key("owner").text]);
  });
});

describe("a key that does not count any more", () => {
  it("is refused after its last day, and on it is not", async () => {
    const { load, name, trustFile } = await user();
    const owner = { hub: place.hub.server.url, owner: "acme" };
    const trust = (notAfter: string) =>
      new TrustFile(trustFile).update((data) => trustKey(data, owner, place.key("owner").text, notAfter));
    await trust("2020-12-31");
    await expect(load(`${name}@1.0.0`)).rejects.toMatchObject({ code: "SIGNATURE_EXPIRED" });
    await trust("9999-12-31");
    await expect(load(`${name}@1.0.0`)).resolves.toBeDefined();
  });

  it("is refused when it was revoked, also for what is locked and cached", async () => {
    const { name, trustFile } = await user();
    const options = place.hub.coldOptions({ trustFile, lockFile: place.newTrustFile() });
    await (await loadPackage(`${name}@1`, options)).download();
    await new TrustFile(trustFile).update((data) => revokeKey(data, place.key("owner").id));
    await expect(loadPackage(`${name}@1`, options)).rejects.toMatchObject({ code: "SIGNATURE_REVOKED" });
  });
});

describe("a signature", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(["1970-01-01", "2100-01-01"])("holds though the clock says %s", async (day) => {
    const { load, name } = await user();
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(day) });
    await expect(load(`${name}@1.0.0`)).resolves.toBeDefined();
  });
});

interface Envelope {
  signatures: { sig: string }[];
}
