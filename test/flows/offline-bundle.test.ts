import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  AgentPackage,
  archivedPackage,
  loadPackage,
  loadTool,
  openAgent,
  packAgent,
  packArchive,
  pushAgent,
  pushArchive,
  pushPackage,
  readArchive,
  TrustFile,
  writeArchive,
} from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, testHub } from "./hub-fixture.ts";
import { signingHub } from "./signing-fixture.ts";

let place: Awaited<ReturnType<typeof signingHub>>;
beforeAll(async () => {
  place = await signingHub("work", "other");
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

async function packTo(name: string, ref: string, more: Parameters<typeof place.hub.options>[0] = {}): Promise<string> {
  const { sandbox: _sandbox, ...options } = place.hub.options({ trustFile: place.newTrustFile(), ...more });
  const path = join(place.hub.folder, name);
  await writeFile(path, writeArchive(await packArchive(ref, options)));
  return path;
}

const noNetwork: typeof fetch = () => Promise.reject(new TypeError("there is no network"));

describe("an archive of a package", () => {
  it("is loaded without a hub, and its tools work", async () => {
    const { hub, newTrustFile } = place;
    await hub.publish("offline", "return 40 + input.n");
    const path = await packTo("offline.tgz", "acme/offline@^1");
    for (const ref of [path, `file:${path}`, `${path}#act`]) {
      await using tool = await loadTool(ref, hub.options({ fetch: noNetwork, trustFile: newTrustFile() }));
      expect(await tool.call({ n: 2 })).toBe(42);
    }
  });

  it("has the same bytes each time, from a hub and from a folder", async () => {
    const { hub } = place;
    const { packed } = await hub.publish("same", "return 1");
    const folder = join(hub.folder, "same-folder");
    for (const [name, bytes] of packed.files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), bytes);
    }
    await writeFile(join(folder, "notes.txt"), "not a file of the package");
    const [first, second, third] = await Promise.all([
      packTo("same-1.tgz", "acme/same").then((path) => readFile(path)),
      packTo("same-2.tgz", "acme/same").then((path) => readFile(path)),
      packTo("same-3.tgz", folder).then((path) => readFile(path)),
    ]);
    expect(second?.equals(first ?? Buffer.alloc(0))).toBe(true);
    expect(third?.equals(first ?? Buffer.alloc(0))).toBe(true);
  });

  it("holds the version that the lock file holds", async () => {
    const { hub } = place;
    await hub.publish("locked", "return 1");
    const lockFile = join(hub.folder, "pack.lock");
    await loadPackage("acme/locked@^1", hub.options({ lockFile }));
    await hub.publish("locked", "return 2", { version: "1.1.0" });
    const { main } = await readArchive(await packTo("locked.tgz", "acme/locked@^1", { lockFile }));
    expect(main.version).toBe("1.0.0");
  });

  it("is pushed with the same integrity and signature, and loads from the hub as signed", async () => {
    const { hub, newTrustFile } = place;
    const { packed, signature } = await place.signed("work", "return 'moved'", { name: "acme/moved" });
    const { name, version, integrity } = packed.manifest;
    const files = new Map([...packed.files, ["tool.json.sig", signature]]);
    const path = join(hub.folder, "moved.tgz");
    const main = { name, version, integrity, manifestName: "tool.json", files };
    await writeFile(path, writeArchive({ main, dependencies: [] }));
    const archived = archivedPackage((await readArchive(path)).main);
    const pushed = await pushPackage(hub.client(), archived);
    expect(pushed).toMatchObject({ integrity, signed: true });
    const options = hub.coldOptions({ trustFile: newTrustFile(), requireSignature: true });
    await using tool = await loadTool("acme/moved@1.0.0", options);
    expect(await tool.call({})).toBe("moved");
  });

  it("asks for permissions like a package of a hub", async () => {
    const { hub } = place;
    await hub.publish("granted", "return 1", { permissions: { net: ["api.example.com"] } });
    const path = await packTo("granted.tgz", "acme/granted");
    await expect(loadPackage(path, hub.options())).rejects.toMatchObject({ code: "PERMISSION_NOT_GRANTED" });
    await expect(loadPackage(path, hub.options({ permissions: "declared" }))).resolves.toBeDefined();
  });

  it("is not loaded with a frozen lock file", async () => {
    const { hub } = place;
    await hub.publish("frozen", "return 1");
    const path = await packTo("frozen.tgz", "acme/frozen");
    await expect(loadPackage(path, hub.options({ frozen: true }))).rejects.toMatchObject({
      code: "LOCK_ENTRY_MISSING",
    });
  });

  it("is judged by the keys that are pinned, and pins none: it may say whatever name it likes", async () => {
    const { hub, newTrustFile } = place;
    const archiveBy = async (by: string) => {
      const { packed, signature } = await place.signed(by, "return 1", { name: "acme/judged" });
      const { name, version, integrity } = packed.manifest;
      const files = new Map([...packed.files, ["tool.json.sig", signature]]);
      const path = join(hub.folder, `judged-${by}.tgz`);
      const main = { name, version, integrity, manifestName: "tool.json", files };
      await writeFile(path, writeArchive({ main, dependencies: [] }));
      return path;
    };
    const [right, wrong] = [await archiveBy("work"), await archiveBy("other")];
    const trustFile = newTrustFile();
    await expect(loadPackage(wrong, hub.options({ trustFile }))).resolves.toBeDefined();
    await expect(loadPackage(wrong, hub.options({ trustFile, requireSignature: true }))).rejects.toMatchObject({
      code: "SIGNATURE_UNTRUSTED",
    });
    await place.publish("work", "return 1", { name: "acme/judged-on-hub" });
    await loadPackage("acme/judged-on-hub", hub.options({ trustFile }));
    await expect(loadPackage(right, hub.options({ trustFile, requireSignature: true }))).resolves.toBeDefined();
    await expect(loadPackage(wrong, hub.options({ trustFile }))).rejects.toMatchObject({
      code: "SIGNATURE_KEY_CHANGED",
    });
  });

  it("of a missing file is told apart from one that is broken", async () => {
    const { hub } = place;
    await expect(loadPackage("./nothing.tgz", hub.options())).rejects.toMatchObject({ code: "MANIFEST_MISSING" });
    const path = join(hub.folder, "broken.tgz");
    await writeFile(path, "no archive");
    await expect(loadPackage(path, hub.options())).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
  });

  it("keeps packages that smoltools did not make out", async () => {
    const packed = packageOf("return 1");
    const files = new Map([...packed.files].filter(([name]) => name !== "README.md"));
    const main = {
      name: "acme/act",
      version: "1.0.0",
      manifestName: "tool.json",
      files,
      integrity: packed.manifest.integrity,
    };
    expect(() => writeArchive({ main, dependencies: [] })).toThrow(
      expect.objectContaining({ code: "INTEGRITY_MISMATCH" }),
    );
  });
});

describe("an archive of an agent", () => {
  /** Publishes an agent that is pinned to a tool, and manages another agent that is pinned to the same tool. */
  async function publishAgents() {
    const { hub } = place;
    const { packed, signature } = await place.signed("work", "return input.n * 2", { name: "acme/agent-tool" });
    const pushed = await pushPackage(hub.client(), packed, { sign: () => signature });
    const { name: repo, version, integrity, permissions } = packed.manifest;
    const pinned = { ref: `${repo}@^1`, repoType: "space" as const, repo, version, commit: pushed.commit ?? "" };
    const tool = { kind: "package" as const, tool: "act", ...pinned, integrity, permissions };
    const agent = (name: string, managedAgents: object[]) => {
      const options = { name, description: "Helps." };
      const definition = { class: "CodeAgent", model: { provider: "openai", id: "m" }, tools: [tool], managedAgents };
      return { ...definition, options } as Parameters<typeof packAgent>[0]["agent"];
    };
    const publish = async (name: string, managed: object[]) => {
      const input = { name: `acme/${name}`, version: "1.0.0", description: "Helps.", permissions };
      const made = packAgent({ ...input, agent: agent(name, managed) });
      const { commit = "" } = await pushAgent(hub.client(), made);
      return {
        kind: "package",
        ref: `acme/${name}@1`,
        repoType: "space",
        repo: `acme/${name}`,
        version: "1.0.0",
        commit,
        integrity: made.manifest.integrity,
        permissions,
      };
    };
    const helper = await publish("helper", []);
    await publish("boss", [helper]);
    return { tool, next: agent("boss", [helper]), permissions };
  }

  it("holds all packages that it is pinned to, and works without a hub", async () => {
    const { hub, newTrustFile } = place;
    const { tool: record } = await publishAgents();
    const path = await packTo("boss.tgz", "acme/boss@1.0.0");
    const { main, dependencies } = await readArchive(path);
    expect([main, ...dependencies].map(({ name }) => name)).toEqual(["acme/boss", "acme/agent-tool", "acme/helper"]);
    const trustFile = newTrustFile();
    const options = hub.coldOptions({ fetch: noNetwork, trustFile });
    await using opened = await openAgent(path, options);
    if (!(opened instanceof AgentPackage)) throw new Error("this is an agent of smoltools");
    expect(await (await opened.tool(record)).call({ n: 21 })).toBe(42);
    const [managed] = opened.manifest.agent.managedAgents;
    if (managed?.kind !== "package") throw new Error("this is a package");
    const helper = await opened.managedAgent(managed);
    expect(await (await helper.tool(record)).call({ n: 4 })).toBe(8);
    // An archive may say whatever names it likes: nobody's key is learned from it.
    expect((await new TrustFile(trustFile).read()).owners).toEqual([]);
  });

  it("is published byte for byte where the packages are that it is pinned to, and nowhere else", async () => {
    const { hub, newTrustFile } = place;
    const { next, permissions } = await publishAgents();
    const { sandbox: _sandbox, ...options } = hub.options({ trustFile: newTrustFile() });
    const archive = await packArchive("acme/boss@1.0.0", options);
    expect(await pushArchive(hub.client(), archive)).toMatchObject({ alreadyPublished: true });
    const input = { name: "acme/boss", version: "1.0.1", description: "Helps more.", permissions, agent: next };
    const { manifest, files } = packAgent(input);
    const { name, version, integrity } = manifest;
    const main = { name, version, manifestName: "agent.json", files, integrity };
    expect(await pushArchive(hub.client(), { main, dependencies: [] })).toMatchObject({ tag: "v1.0.1" });
    const published = await packArchive("acme/boss@1.0.1", options);
    const texts = (all: ReadonlyMap<string, Uint8Array>) =>
      [...all].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]).sort();
    expect(texts(published.main.files)).toEqual(texts(files));

    await using other = await testHub();
    await expect(pushArchive(other.client(), archive)).rejects.toMatchObject({
      code: "AGENT_NOT_SAVABLE",
      data: { missing: ["acme/agent-tool@1.0.0", "acme/helper@1.0.0"] },
    });
  });

  it("is no package of tools", async () => {
    const path = join(place.hub.folder, "boss.tgz");
    await expect(loadPackage(path, place.hub.options())).rejects.toMatchObject({ code: "MANIFEST_MISSING" });
  });
});
