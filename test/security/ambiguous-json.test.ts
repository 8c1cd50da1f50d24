import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadPackage, readArchive, readManifest, TrustFile } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { archiveFolder, goodEntries } from "./archive-fixture.ts";

let place: Awaited<ReturnType<typeof archiveFolder>>;
beforeAll(async () => {
  place = await archiveFolder();
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

const packed = packageOf("return 1");
const good = Buffer.from(packed.files.get("tool.json") ?? "").toString();

/** What readers of JSON understand in more than one way, put into a good manifest. */
const ambiguous: [title: string, text: string | Uint8Array][] = [
  ["a member twice, the second one right", good.replace('"name":', '"name": "evil/act", "name":')],
  ["a member twice, the first one right", good.replace(/"version": "1.0.0"/, '"version": "1.0.0", "version": "1.0.0"')],
  ["a member twice by way of an escape", good.replace('"entry":', String.raw`"\u0065ntry": "evil.mjs", "entry":`)],
  ["a file twice", good.replace('"files": {', '"files": { "README.md": {"size":0,"sha256":""},')],
  ["a prototype", good.replace('"permissions": {', '"permissions": { "__proto__": {"net":["evil.example"]},')],
  ["a prototype at the top", good.replace("{", '{ "__proto__": {"signers":[]},')],
  ["a number without end", good.replace("{", '{ "extra": 1e999,')],
  ["half of a character", good.replace("{", String.raw`{ "extra": "\ud800",`)],
  ["a byte order mark", `\uFEFF${good}`],
  ["bytes that are no UTF-8", Buffer.concat([Buffer.from(good.slice(0, -3)), Buffer.from([0xff]), Buffer.from("}\n")])],
  ["a nesting without end", good.replace("{", `{ "extra": ${"[".repeat(100_000)}${"]".repeat(100_000)},`)],
  ["something behind its end", `${good}{}`],
];

describe("JSON with more than one meaning", () => {
  it.each(ambiguous)("is refused in a manifest: %s", async (title, text) => {
    expect(() => readManifest(Buffer.from(text), "acme/act")).toThrow(
      expect.objectContaining({ code: "MANIFEST_INVALID" }),
    );
    const folder = join(place.folder, title.replaceAll(/\W+/g, "-"));
    for (const [path, bytes] of packed.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), path === "tool.json" ? text : bytes);
    }
    await expect(loadPackage(folder, { sandbox })).rejects.toMatchObject({ code: "MANIFEST_INVALID" });
  });

  it("is refused in the list of an archive", async () => {
    const [index, ...rest] = goodEntries();
    const text = String(index?.content).replace('"main":', '"main":"evil/act@1.0.0","main":');
    const path = await place.write([{ name: "bundle.json", content: text }, ...rest]);
    await expect(readArchive(path)).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
  });

  it("is refused in the file of trusted keys", async () => {
    const path = join(place.folder, "trusted.json");
    await writeFile(path, '{"schemaVersion":1,"owners":[],"revoked":["SHA256:x"],"revoked":[]}');
    await expect(new TrustFile(path).read()).rejects.toMatchObject({ code: "TRUST_FILE_INVALID" });
  });

  it("does not stand in the manifest that everything else is measured by", () => {
    expect(readManifest(Buffer.from(good), "acme/act").name).toBe("acme/act");
    expect(({} as { net?: unknown }).net).toBeUndefined();
  });
});
