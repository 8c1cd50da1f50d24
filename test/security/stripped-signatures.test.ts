import { commit } from "@huggingface/hub";
import { loadPackage, packArchive, writeArchive } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeToken } from "../flows/hub-fixture.ts";
import { signingHub } from "../flows/signing-fixture.ts";

let place: Awaited<ReturnType<typeof signingHub>>;
let bare: string;
beforeAll(async () => {
  place = await signingHub("owner");
  await place.publish("owner", "return 1", { name: "acme/stripped" });
  const { hub } = place;
  const result = await commit({
    repo: { type: "space", name: "acme/stripped" },
    title: "take the signature away",
    operations: [{ operation: "delete", path: "tool.json.sig" }],
    hubUrl: hub.server.url,
    accessToken: writeToken,
  });
  bare = result?.commit.oid ?? "";
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

describe("a package whose signature was taken away", () => {
  it.each([true, false])("is refused (requireSignature: %s), also where its owner is not known", async (required) => {
    const options = place.hub.coldOptions({ trustFile: place.newTrustFile(), requireSignature: required });
    await expect(loadPackage(`acme/stripped@${bare}`, options)).rejects.toMatchObject({ code: "SIGNATURE_MISSING" });
  });

  it("is not packed", async () => {
    const { sandbox: _sandbox, ...options } = place.hub.coldOptions({ trustFile: place.newTrustFile() });
    await expect(packArchive(`acme/stripped@${bare}`, options)).rejects.toMatchObject({ code: "SIGNATURE_MISSING" });
    const archive = await packArchive("acme/stripped@1.0.0", options);
    const files = new Map([...archive.main.files].filter(([path]) => path !== "tool.json.sig"));
    expect(() => writeArchive({ main: { ...archive.main, files }, dependencies: [] })).toThrow(
      expect.objectContaining({ code: "SIGNATURE_MISSING" }),
    );
  });
});

describe("a package that was signed, and is published anew without naming keys", () => {
  it("is refused by whoever has loaded it signed", async () => {
    const { hub, newTrustFile } = place;
    const options = hub.coldOptions({ trustFile: newTrustFile() });
    await hub.publish("stolen", "return 'good'", { version: "0.9.0" });
    await place.publish("owner", "return 'good'", { name: "acme/stolen", version: "1.0.0" });
    await loadPackage("acme/stolen@1.0.0", options);
    await hub.publish("stolen", "return 'evil'", { version: "1.0.1" });
    await expect(loadPackage("acme/stolen@^1", options)).rejects.toMatchObject({
      code: "SIGNATURE_MISSING",
      data: { version: "1.0.1", signedSince: "1.0.0" },
    });
    await expect(loadPackage("acme/stolen@0.9.0", options)).resolves.toBeDefined();
  });

  it("is refused where its owner has to sign, and told of where they have signed others", async () => {
    const { hub, newTrustFile } = place;
    await hub.publish("unsigned-now", "return 'evil'");
    const trustFile = newTrustFile();
    const warnings: string[] = [];
    const options = hub.coldOptions({ trustFile, onWarning: ({ code }) => void warnings.push(code) });
    await loadPackage("acme/stripped@1.0.0", options);
    await loadPackage("acme/unsigned-now", options);
    expect(warnings).toEqual(["PACKAGE_UNSIGNED"]);
    const strict = { ...options, requireSignature: { owners: ["acme"] } };
    await expect(loadPackage("acme/unsigned-now", strict)).rejects.toMatchObject({ code: "SIGNATURE_MISSING" });
  });
});
