import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { extract, list } from "tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifestIntegrity } from "../integrity/manifest-integrity.ts";
import { sha256 } from "../integrity/hash.ts";
import { manifestName } from "../manifest/manifest.ts";
import { packPackage } from "../pack/pack-package.ts";
import { archivedPackage } from "./archived-package.ts";
import type { ArchivePart } from "./archive-part.ts";
import { parseArchive, readArchive } from "./read-archive.ts";
import { rawTgz } from "./test-support/raw-tar.ts";
import { writeArchive } from "./write-archive.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-archive-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function toolPart(name: string, version: string, sources: Record<string, string> = {}): ArchivePart {
  const { manifest, files } = packPackage({
    name,
    version,
    description: "Acts.",
    tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
    runtime: "js",
    code: "export const tools = {};\n",
    sources,
  });
  return { name, version, manifestName, files, integrity: manifest.integrity };
}

function agentPart(name: string, version: string): ArchivePart {
  const prompt = Buffer.from("Be brief.");
  const listed = { name, version, files: { "prompt.txt": { size: prompt.byteLength, sha256: sha256(prompt) } } };
  const manifest = { ...listed, integrity: manifestIntegrity(listed) };
  const files = new Map([
    ["agent.json", Buffer.from(JSON.stringify(manifest))],
    ["prompt.txt", prompt],
  ]);
  return { name, version, manifestName: "agent.json", files, integrity: manifest.integrity };
}

/** The files of an archive, as entries that can be changed. */
async function entriesOf(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  await writeFile(join(folder, "entries.tgz"), bytes);
  await list({
    file: join(folder, "entries.tgz"),
    onReadEntry: (entry) => {
      const chunks: Buffer[] = [];
      entry.on("data", (chunk: Buffer) => chunks.push(chunk));
      entry.on("end", () => entries.set(entry.path, Buffer.concat(chunks)));
    },
  });
  return entries;
}

function packed(entries: ReadonlyMap<string, Uint8Array>): Buffer {
  return rawTgz([...entries].map(([name, content]) => ({ name, content })));
}

describe("an archive", () => {
  it("gives back the packages that it was made of", async () => {
    const main = agentPart("acme/researcher", "2.0.0");
    const dependencies = [toolPart("acme/weather", "1.2.0"), toolPart("acme/csv", "1.0.0", { "ä.ts": "1" })];
    const archive = await parseArchive(writeArchive({ main, dependencies }), "x.tgz");
    expect(archive.main).toEqual(main);
    expect(archive.dependencies).toEqual([dependencies[1], dependencies[0]]);
  });

  it("has the same bytes whatever the order of its packages and files, and holds each package once", () => {
    const main = agentPart("acme/researcher", "2.0.0");
    const [a, b] = [toolPart("acme/weather", "1.2.0"), toolPart("acme/csv", "1.0.0")];
    const shuffled = { ...a, files: new Map([...a.files].reverse()) };
    expect(writeArchive({ main, dependencies: [b, shuffled, a] })).toEqual(
      writeArchive({ main, dependencies: [a, b] }),
    );
  });

  it("gives a package that can be pushed", async () => {
    const part = toolPart("acme/act", "1.0.0");
    const { main } = await parseArchive(writeArchive({ main: part, dependencies: [] }), "x.tgz");
    expect(archivedPackage(main).manifest.name).toBe("acme/act");
    expect([...archivedPackage(main).files]).toEqual([...part.files]);
    expect(() => archivedPackage(agentPart("acme/a", "1.0.0"))).toThrow(
      expect.objectContaining({ code: "MANIFEST_MISSING" }),
    );
  });

  it("refuses to hold two different packages of one name and version, or names that differ in case alone", () => {
    const main = agentPart("acme/researcher", "2.0.0");
    const other = toolPart("acme/csv", "1.0.0", { "x.ts": "1" });
    const dependencies = [toolPart("acme/csv", "1.0.0"), other];
    expect(() => writeArchive({ main, dependencies })).toThrow(expect.objectContaining({ code: "MANIFEST_MISMATCH" }));
    const twins = [toolPart("acme/csv", "1.0.0"), toolPart("Acme/csv", "1.0.0")];
    expect(() => writeArchive({ main, dependencies: twins })).toThrow(expect.objectContaining({ code: "PATH_UNSAFE" }));
  });

  it("is not made of what is not whole", () => {
    const part = toolPart("acme/act", "1.0.0");
    const files = new Map([...part.files, ["dist/tool.mjs", Buffer.from("evil")]]);
    const write = () => writeArchive({ main: { ...part, files }, dependencies: [] });
    expect(write).toThrow(expect.objectContaining({ code: "INTEGRITY_MISMATCH" }));
  });

  it("is read by GNU tar and by npm's tar", async () => {
    const deep = `${"d".repeat(90)}/${"e".repeat(90)}/${"f".repeat(60)}.ts`;
    const part = toolPart("acme/act", "1.0.0", { "ä ö.ts": "1", [deep]: "2" });
    const path = join(folder, "ours.tgz");
    await writeFile(path, writeArchive({ main: part, dependencies: [toolPart("acme/csv", "1.0.0")] }));
    const expected = [...part.files.keys()].map((name) => `package/${name}`);
    const listed = execFileSync("tar", ["--quoting-style=literal", "-tzf", path], { encoding: "utf8" }).split("\n");
    expect(listed).toEqual(expect.arrayContaining([...expected, "packages/acme/csv/1.0.0/tool.json", "bundle.json"]));
    const target = join(folder, "npm");
    await mkdir(target);
    await extract({ file: path, cwd: target, strict: true });
    for (const [name, bytes] of part.files) {
      expect((await readFile(join(target, "package", name))).equals(bytes)).toBe(true);
    }
  });

  it.each([
    ["GNU tar", ["-czf"]],
    ["GNU tar in POSIX's form", ["--format=posix", "-czf"]],
    ["GNU tar in the form of ustar", ["--format=ustar", "-czf"]],
  ])("is read when %s has made it of the same files", async (title, options) => {
    const part = toolPart("acme/act", "1.0.0", { "ä ö.ts": "1" });
    const place = join(folder, title.replaceAll(" ", "-"));
    for (const [name, bytes] of await entriesOf(writeArchive({ main: part, dependencies: [] }))) {
      await mkdir(dirname(join(place, name)), { recursive: true });
      await writeFile(join(place, name), bytes);
    }
    execFileSync("tar", [...options, `${place}.tgz`, "-C", place, "."]);
    const { main } = await readArchive(`${place}.tgz`);
    expect(new Map([...main.files].sort())).toEqual(new Map([...part.files].sort()));
  });

  it.each<[string, (entries: Map<string, Buffer>) => void, string]>([
    ["no bundle.json", (entries) => entries.delete("bundle.json"), "ARCHIVE_INVALID"],
    ["a bundle.json that is no JSON", (entries) => entries.set("bundle.json", Buffer.from("{")), "ARCHIVE_INVALID"],
    ["a bundle.json of another form", (entries) => entries.set("bundle.json", Buffer.from("[]")), "ARCHIVE_INVALID"],
    [
      "a main package that is not listed",
      (entries) => edit(entries, '"main": "acme/act', '"main": "acme/b'),
      "ARCHIVE_INVALID",
    ],
    ["a package of a bad name", (entries) => edit(entries, /acme\/act@/g, "../../x@"), "ARCHIVE_INVALID"],
    ["a version that leads out", (entries) => edit(entries, /@1\.0\.0/g, "@../../x"), "ARCHIVE_INVALID"],
    ["a manifest of another name", (entries) => edit(entries, "tool.json", "../x.json"), "ARCHIVE_INVALID"],
    ["another integrity", (entries) => edit(entries, /sha512-..../, "sha512-AAAA"), "MANIFEST_MISMATCH"],
    ["another version", (entries) => edit(entries, /@1\.0\.0/g, "@1.0.1"), "MANIFEST_MISMATCH"],
    ["a file more", (entries) => entries.set("package/extra.js", Buffer.from("1")), "INTEGRITY_MISMATCH"],
    ["a file beside its packages", (entries) => entries.set("extra.js", Buffer.from("1")), "ARCHIVE_INVALID"],
    [
      "a file in a package that is not listed",
      (entries) => entries.set("packages/a/b/1.0.0/x", Buffer.from("1")),
      "ARCHIVE_INVALID",
    ],
    [
      "a signature that nobody asked for",
      (entries) => entries.set("package/tool.json.sig", Buffer.from("{}")),
      "INTEGRITY_MISMATCH",
    ],
    ["a file less", (entries) => entries.delete("package/dist/tool.mjs"), "INTEGRITY_MISMATCH"],
    ["no manifest", (entries) => entries.delete("package/tool.json"), "INTEGRITY_MISMATCH"],
    ["a changed file", (entries) => entries.set("package/dist/tool.mjs", Buffer.from("evil")), "INTEGRITY_MISMATCH"],
    ["a changed manifest", (entries) => edit(entries, "Acts.", "Evil.", "package/tool.json"), "INTEGRITY_MISMATCH"],
  ])("with %s is refused", async (_title, change, code) => {
    const entries = await entriesOf(writeArchive({ main: toolPart("acme/act", "1.0.0"), dependencies: [] }));
    change(entries);
    await expect(parseArchive(packed(entries), "x.tgz")).rejects.toMatchObject({ code });
  });

  it("that is no archive is refused by a stable code", async () => {
    await writeFile(join(folder, "text.tgz"), "hello");
    await expect(readArchive(join(folder, "text.tgz"))).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
    await expect(readArchive(folder)).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
  });

  it("ends with its packages or with a known error, whatever bytes are changed", async () => {
    const original = Buffer.from(writeArchive({ main: toolPart("acme/act", "1.0.0"), dependencies: [] }));
    const codes = new Set<unknown>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: original.byteLength - 1 }), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (changes) => {
          const bytes = Buffer.from(original);
          for (const [at, byte] of changes) bytes[at] = (bytes[at] ?? 0) ^ byte;
          const outcome = await parseArchive(bytes, "x.tgz").catch((error: unknown) => error);
          codes.add(outcome instanceof Error ? (outcome as { code?: string }).code : "read");
        },
      ),
      { numRuns: 300 },
    );
    for (const code of codes) expect(["ARCHIVE_INVALID", "PATH_UNSAFE", "PACKAGE_TOO_LARGE", "read"]).toContain(code);
  });

  it("ends with a known error for arbitrary bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        await expect(parseArchive(bytes, "x.tgz")).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
      }),
      { numRuns: 100 },
    );
  });
});

function edit(entries: Map<string, Buffer>, before: string | RegExp, after: string, path = "bundle.json"): void {
  entries.set(path, Buffer.from(String(entries.get(path)).replace(before, after)));
}
