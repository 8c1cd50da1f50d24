import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { archiveLimits } from "./archive-limits.ts";
import { readTar } from "./read-tar.ts";
import { rawEntry, type RawEntry, rawPax, rawTar } from "./test-support/raw-tar.ts";
import { writeTar } from "./write-tar.ts";

async function* pieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

function read(bytes: Uint8Array, size?: number): Promise<Map<string, Uint8Array>> {
  return readTar(pieces(bytes, size), "x.tgz");
}

async function paths(entries: RawEntry[]): Promise<string[]> {
  return [...(await read(rawTar(entries))).keys()];
}

describe("readTar", () => {
  it("reads back what writeTar writes, in whatever pieces it comes", async () => {
    const name = fc.stringMatching(/^[a-zä-ö0-9]{1,60}$/).map((text) => text.normalize("NFC"));
    const path = fc
      .array(name, { minLength: 1, maxLength: 6 })
      .map((names) => names.map((each) => `n${each}`).join("/"));
    const files = fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 2000 })), {
      selector: ([each]) => each.toLowerCase(),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 3000 }), async (given, size) => {
        const result = await read(writeTar(given), size);
        expect([...result].map(([each, bytes]) => [each, [...bytes]])).toEqual(
          given.map(([each, bytes]) => [each, [...bytes]]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, RawEntry[], string[]]>([
    ["plain files", [{ name: "a" }, { name: "b/c" }], ["a", "b/c"]],
    ["folders", [{ name: "a/", type: "5" }, { name: "a/b" }], ["a/b"]],
    ["the folder in which it was made", [{ name: "./", type: "5" }, { name: "./a" }], ["a"]],
    ["headers of GNU tar", [{ name: "a", magic: "ustar  \0" }], ["a"]],
    ["a path in two fields", [{ prefix: "a/b", name: "c" }], ["a/b/c"]],
    ["a path in an extended header", [rawPax("path=ä/ö"), { name: "short" }], ["ä/ö"]],
    ["times and owners in an extended header", [rawPax("mtime=1.5", "uname=me", "uid=5"), { name: "a" }], ["a"]],
    ["nothing", [], []],
  ])("reads %s", async (_title, entries, expected) => {
    expect(await paths(entries)).toEqual(expected);
  });

  it("reads an archive that is filled up with zeros", async () => {
    expect([...(await read(Buffer.concat([rawTar([{ name: "a" }]), Buffer.alloc(10_240)]))).keys()]).toEqual(["a"]);
  });

  it.each<[string, RawEntry[], string, RegExp]>([
    ["a symbolic link", [{ type: "2", linkName: "/etc" }], "", /link/],
    ["a link without a target", [{ type: "2" }], "ARCHIVE_INVALID", /symbolic link/],
    ["a hard link", [{ type: "1" }], "ARCHIVE_INVALID", /hard link/],
    ["a file that names the target of a link", [{ linkName: "x" }], "", /link/],
    ["a device", [{ type: "3" }], "ARCHIVE_INVALID", /device/],
    ["a pipe", [{ type: "6" }], "ARCHIVE_INVALID", /pipe/],
    ["a sparse file", [{ type: "S" }], "ARCHIVE_INVALID", /sparse/],
    ["a long name of GNU tar", [{ type: "L", content: "x" }], "ARCHIVE_INVALID", /GNU tar/],
    ["a header for all entries", [{ type: "g" }], "ARCHIVE_INVALID", /all entries/],
    ["a kind that nobody knows", [{ type: "Z" }], "ARCHIVE_INVALID", /kind "Z"/],
    ["a kind of the first tar", [{ type: "\0" }], "ARCHIVE_INVALID", /kind/],
    ["a kind that every object has", [{ type: "c" }], "ARCHIVE_INVALID", /kind "c"/],
    ["a folder with a content", [{ type: "5", name: "a/", content: "x" }], "ARCHIVE_INVALID", /content/],
    ["the same file twice", [{ name: "a" }, { name: "a" }], "ARCHIVE_INVALID", /two of its entries/],
    ["two files that differ in case", [{ name: "a/B" }, { name: "A/b" }], "ARCHIVE_INVALID", /two of its entries/],
    ["a file and a folder of one name", [{ name: "a" }, { name: "a/", type: "5" }], "ARCHIVE_INVALID", /two/],
    ["a file whose name is a folder's", [{ name: "a/" }], "PATH_UNSAFE", /empty name/],
    ["another file behind ./", [{ name: "a" }, { name: "./a" }], "ARCHIVE_INVALID", /two of its entries/],
    ["a way out", [{ name: "../a" }], "PATH_UNSAFE", /"\.\."/],
    ["a way out in the middle", [{ name: "a/../../b" }], "PATH_UNSAFE", /"\.\."/],
    ["a way out behind ./", [{ name: "./../b" }], "PATH_UNSAFE", /"\.\."/],
    ["a way out in two fields", [{ prefix: "..", name: "b" }], "PATH_UNSAFE", /"\.\."/],
    ["a way out in an extended header", [rawPax("path=../b"), { name: "a" }], "PATH_UNSAFE", /"\.\."/],
    ["an absolute path", [{ name: "/etc/passwd" }], "PATH_UNSAFE", /relative/],
    ["a path of Windows", [{ name: "C:\\x" }], "PATH_UNSAFE", /relative/],
    ["an empty path", [{ name: "" }], "PATH_UNSAFE", /empty/],
    ["an empty path in an extended header", [rawPax("path="), { name: "a" }], "PATH_UNSAFE", /empty/],
    ["a folder that leads out", [{ name: "../", type: "5" }], "PATH_UNSAFE", /"\.\."/],
    ["a path that is too long", [rawPax(`path=${"a/".repeat(600)}b`), {}], "PATH_UNSAFE", /longer/],
    ["a name that goes on behind a zero", [{ name: "a\0/../../b" }], "", /behind its end/],
    ["a name that is no UTF-8", [{ name: new Uint8Array([0x61, 0xff]) }], "", /./],
    ["a size that an extended header sets", [rawPax("size=5"), { name: "a" }], "", /sets "size"/],
    ["a target that an extended header sets", [rawPax("linkpath=/etc"), { name: "a" }], "", /sets "linkpath"/],
    ["another character set", [rawPax("hdrcharset=BINARY"), { name: "a" }], "", /sets "hdrcharset"/],
    ["holes that an extended header makes", [rawPax("GNU.sparse.name=b"), { name: "a" }], "", /sets "GNU.sparse.name"/],
    ["a path that is set twice", [rawPax("path=a", "path=b"), { name: "c" }], "", /twice/],
    ["two extended headers", [rawPax("path=a"), rawPax("path=b"), { name: "c" }], "", /follow each other/],
    ["an extended header for nothing", [{ name: "a" }, rawPax("path=b")], "", /no entry/],
    ["an extended header that is too long", [{ type: "x", content: "x".repeat(20_000) }], "", /too long/],
    ["a damaged extended header", [{ type: "x", content: "8 path=a\n" }, { name: "b" }], "", /damaged/],
    ["an endless extended header", [{ type: "x", content: "99 path=a\n" }, { name: "b" }], "", /damaged/],
    ["an extended header without a length", [{ type: "x", content: " path=a\n" }, { name: "b" }], "", /damaged/],
    ["a record of no length", [{ type: "x", content: "0 path=a\n" }, { name: "b" }], "", /damaged/],
    ["a negative size", [{ size: "-0000000001\0" }], "", /no number/],
    ["a size in the binary form", [{ size: "\x80\0\0\0\0\0\0\0\0\0\0\x01" }], "", /no number/],
    ["a size that is missing", [{ size: "\0".repeat(12) }], "", /no number/],
    ["another format", [{ magic: "\0".repeat(8) }], "", /ustar/],
    ["extensions of GNU tar", [{ magic: "ustar  \0", prefix: "a" }], "", /extensions/],
    ["something behind the header's fields", [{ patch: { 510: 1 } }], "", /extensions/],
    ["a wrong checksum", [{ checksum: "000000\0 " }], "", /checksum/],
  ])("refuses %s", async (_title, entries, code, words) => {
    const error = await read(rawTar(entries)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(words);
    expect((error as { code?: string }).code ?? "").toMatch(code === "" ? /^$|^ERR_/ : code);
  });

  it("refuses a file that is too large, before it reads it", async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield rawEntry({ name: "big", size: "77777777777\0" });
      for (;;) {
        asked++;
        yield Buffer.alloc(64 * 1024);
      }
    }
    await expect(readTar(endless(), "x")).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" });
    expect(asked).toBe(0);
  });

  it("asks for no more than an archive may expand to", async () => {
    let bytes = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      const file = Buffer.alloc(8 * 1024 * 1024);
      for (let index = 0; ; index++) {
        for (const chunk of [rawEntry({ name: `f${index}`, size: "00040000000\0" }), file]) {
          bytes += chunk.byteLength;
          yield chunk;
        }
      }
    }
    await expect(readTar(endless(), "x")).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" });
    expect(bytes).toBeLessThan(archiveLimits.maxExpandedBytes + 16 * 1024 * 1024);
  });

  it("stops at the most entries that an archive may have", async () => {
    const empty = Array.from({ length: archiveLimits.maxEntries + 1 }, (_, index) => rawEntry({ name: `f${index}` }));
    await expect(read(Buffer.concat(empty), 1024 * 1024)).rejects.toMatchObject({ code: "PACKAGE_TOO_LARGE" });
  });

  it.each([
    ["in the middle of a header", 100],
    ["behind a header", 512],
    ["in the middle of a file", 700],
    ["before the end", 1536],
    ["in the middle of the end", 2048],
  ])("refuses an archive that breaks off %s", async (_title, length) => {
    const whole = rawTar([{ name: "a", content: "x".repeat(1000) }]);
    expect(whole).toHaveLength(2560);
    await expect(read(whole.subarray(0, length))).rejects.toThrow("it breaks off");
    await expect(read(whole)).resolves.toHaveProperty("size", 1);
  });

  it("refuses what stands behind the end, and between entries", async () => {
    const whole = rawTar([{ name: "a", content: "x" }]);
    await expect(read(Buffer.concat([whole, rawTar([{ name: "b" }])]))).rejects.toThrow("behind its end");
    const padded = Buffer.from(whole);
    padded[600] = 1;
    await expect(read(padded)).rejects.toThrow("between two entries");
  });

  it("ends with a result or an error for any bytes in place of any others", async () => {
    const whole = rawTar([rawPax("path=ä"), { name: "a", content: "hello" }, { name: "b/", type: "5" }]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: whole.byteLength - 1 }), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
        async (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, byte] of changes) bytes[at] = byte;
          const files = await read(bytes).catch(() => new Map<string, Uint8Array>());
          for (const path of files.keys()) expect(path).not.toMatch(/(?:^|\/)\.\.(?:\/|$)|^\//);
        },
      ),
      { numRuns: 500 },
    );
  });
});
