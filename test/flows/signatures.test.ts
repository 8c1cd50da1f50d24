import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ScriptedModel } from "@smoltools/core/testing";
import { loadPackage, LockFile, signerFor, trustKey, TrustFile } from "@smoltools/hub";
import { CodeAgent } from "smoltools";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeToken } from "./hub-fixture.ts";
import { signingHub } from "./signing-fixture.ts";

let place: Awaited<ReturnType<typeof signingHub>>;
beforeAll(async () => {
  place = await signingHub("old", "new", "other");
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

describe("a signed package", () => {
  it("is loaded, pins its key, and says in the lock file who signed it", async () => {
    const { hub, newTrustFile, key } = place;
    await place.publish("old", "return 'signed'", { name: "acme/pinned" });
    const trustFile = newTrustFile();
    const lockFile = join(hub.folder, "signed.lock");
    const options = hub.coldOptions({ trustFile, lockFile, requireSignature: true });
    await using loaded = await loadPackage("acme/pinned@1", options);
    expect(await loaded.tools[0]?.call({})).toBe("signed");
    expect(await new LockFile(lockFile).entry("acme/pinned@1")).toMatchObject({ signedBy: key("old").id });
    const { owners } = await new TrustFile(trustFile).read();
    const keys = [{ key: key("old").text, by: "first-use", from: "acme/pinned@1.0.0" }];
    const signed = [{ name: "acme/pinned", version: "1.0.0" }];
    expect(owners).toEqual([{ hub: hub.server.url, owner: "acme", signed, keys }]);
  });

  it("has its signature in the same commit as its manifest", async () => {
    const { hub } = place;
    const { commit = "" } = await place.publish("old", "return 1", { name: "acme/one-commit" });
    const files = await hub.client().tree({ repoType: "space", repo: "acme/one-commit" }, commit);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(["tool.json", "tool.json.sig"]));
  });

  it("is checked without the hub once it is cached", async () => {
    const { hub, newTrustFile } = place;
    await place.publish("old", "return 'cached'", { name: "acme/cached" });
    const options = hub.coldOptions({ lockFile: join(hub.folder, "cached.lock"), trustFile: newTrustFile() });
    await (await loadPackage("acme/cached@1", options)).download();
    const gone: typeof fetch = () => Promise.reject(new TypeError("there is no network"));
    const offline = { ...options, fetch: gone, requireSignature: true, trustFile: newTrustFile() };
    await using loaded = await loadPackage("acme/cached@1", offline);
    expect(await loaded.tools[0]?.call({})).toBe("cached");
  });

  it("costs one request more than an unsigned one, which costs none", async () => {
    const { hub, newTrustFile } = place;
    await place.publish("old", "return 1", { name: "acme/counted-signed" });
    await hub.publish("counted-plain", "return 1");
    const requestsOf = async (ref: string) => {
      const urls: string[] = [];
      const counting: typeof fetch = (input, init) => {
        urls.push(String(input instanceof Request ? input.url : input));
        return fetch(input, init);
      };
      await loadPackage(ref, hub.coldOptions({ fetch: counting, trustFile: newTrustFile() }));
      return urls.map((url) => url.split("/").at(-1) ?? "").filter((name) => name.startsWith("tool.json"));
    };
    expect(await requestsOf("acme/counted-plain")).toEqual(["tool.json"]);
    expect(await requestsOf("acme/counted-signed")).toEqual(["tool.json", "tool.json.sig"]);
  });

  it("lets its owner change keys by way of a version that both have signed", async () => {
    const { hub, newTrustFile } = place;
    const trustFile = newTrustFile();
    const load = (ref: string) => loadPackage(ref, hub.coldOptions({ trustFile, requireSignature: true }));
    await place.publish("old", "return 1", { name: "acme/rotated", version: "1.0.0" });
    await place.publish(["old", "new"], "return 2", { name: "acme/rotated", version: "1.0.1" });
    await place.publish("new", "return 3", { name: "acme/rotated", version: "1.0.2" });
    await load("acme/rotated@1.0.0");
    await expect(load("acme/rotated@1.0.2")).rejects.toMatchObject({ code: "SIGNATURE_KEY_CHANGED" });
    await load("acme/rotated@1.0.1");
    await expect(load("acme/rotated@1.0.2")).resolves.toBeDefined();
  });

  it("is published again without doing anything", async () => {
    await place.publish("old", "return 1", { name: "acme/again" });
    expect(await place.publish("old", "return 1", { name: "acme/again" })).toMatchObject({ alreadyPublished: true });
  });
});

describe("requireSignature", () => {
  it.each<[string, Parameters<typeof loadPackage>[1]["requireSignature"], boolean]>([
    ["nothing", false, true],
    ["everything", true, false],
    ["the owner", { owners: ["Acme"] }, false],
    ["another owner", { owners: ["other"] }, true],
    ["what a function says", ({ name }) => name.endsWith("/unsigned"), false],
    ["what a function does not say", ({ version }) => version.startsWith("2"), true],
  ])("that asks for %s decides about an unsigned package", async (title, requireSignature, passes) => {
    const { hub, newTrustFile } = place;
    if (title === "nothing") await hub.publish("unsigned", "return 1");
    const options = hub.coldOptions({
      trustFile: newTrustFile(),
      ...(requireSignature !== undefined && { requireSignature }),
    });
    const outcome = await loadPackage("acme/unsigned", options).catch((error: unknown) => error);
    expect(outcome).toMatchObject(passes ? { manifest: { name: "acme/unsigned" } } : { code: "SIGNATURE_MISSING" });
  });

  it("without new keys asks for a key that a person has trusted", async () => {
    const { hub, newTrustFile, key } = place;
    await place.publish("other", "return 1", { name: "acme/by-hand" });
    const trustFile = newTrustFile();
    const options = hub.options({ trustFile, requireSignature: true, pinNewKeys: false });
    await expect(loadPackage("acme/by-hand", options)).rejects.toMatchObject({ code: "SIGNATURE_UNTRUSTED" });
    const owner = { hub: hub.server.url, owner: "acme" };
    await new TrustFile(trustFile).update((data) => trustKey(data, owner, key("other").text));
    await expect(loadPackage("acme/by-hand", options)).resolves.toBeDefined();
  });
});

describe("a signed agent", () => {
  it("is pushed with the keys of its signer, and loaded where only signed packages are", async () => {
    const { hub, keysDir, newTrustFile, key } = place;
    const sign = await signerFor("old", { keysDir });
    const agent = new CodeAgent({ model: new ScriptedModel([]), tools: [] });
    const at = { hubUrl: hub.server.url, token: writeToken };
    const { packed, pushed } = await agent.push("acme/signed-agent", { ...at, version: "1.0.0", sign });
    expect([packed.manifest.signers, pushed.signed]).toEqual([[key("old").text], true]);
    const { cacheDir = "" } = hub.coldOptions();
    await using loaded = await CodeAgent.fromHub("acme/signed-agent@1", {
      hubUrl: hub.server.url,
      cacheDir,
      trustFile: newTrustFile(),
      requireSignature: true,
      model: new ScriptedModel([]),
    });
    expect(loaded.loaded?.origin).toMatchObject({ repo: "acme/signed-agent" });
  });
});

describe("an unsigned package", () => {
  it("of an owner who has signed others is loaded with a warning", async () => {
    const { hub, newTrustFile } = place;
    const trustFile = newTrustFile();
    await place.publish("old", "return 1", { name: "acme/warned-signed" });
    await hub.publish("warned-plain", "return 1");
    const codes: string[] = [];
    const options = hub.options({ trustFile, onWarning: ({ code }) => void codes.push(code) });
    await loadPackage("acme/warned-signed", options);
    await loadPackage("acme/warned-plain", options);
    expect(codes).toEqual(["PACKAGE_UNSIGNED"]);
  });
});

describe("a private key", () => {
  it("is nowhere but in its file", async () => {
    const { home, keysDir, hub } = place;
    const secret = (await readFile(join(keysDir, "old.pem"), "utf8")).split("\n")[1] ?? "";
    expect(secret.length).toBeGreaterThan(40);
    for (const folder of [home, hub.folder]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || path === join(keysDir, "old.pem")) continue;
        expect((await readFile(path, "latin1")).includes(secret)).toBe(false);
      }
    }
  });
});
