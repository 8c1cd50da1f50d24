import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPackage, readArchive, readManifest } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifestIntegrity } from "../../packages/hub/src/integrity/manifest-integrity.ts";
import { rawPax } from "../../packages/hub/src/archive/test-support/raw-tar.ts";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { archiveFolder, goodEntries } from "./archive-fixture.ts";

let place: Awaited<ReturnType<typeof archiveFolder>>;
beforeAll(async () => {
  place = await archiveFolder();
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

const paths = [
  "../evil.mjs",
  "../../../../../../tmp/evil.mjs",
  "dist/../../evil.mjs",
  "/etc/passwd",
  "//server/share/x",
  "C:\\Windows\\x.dll",
  "C:evil.mjs",
  "..\\evil.mjs",
  "dist\\..\\..\\evil.mjs",
  ".git/hooks/pre-commit",
  "GIT~1/hooks/pre-commit",
  "src/con.ts",
  "src/aux",
  "a\nb",
  "a\u202Etxt.mjs",
  "a/./b",
  "a//b",
  "x".repeat(300),
];

describe("a path that leads out of a package", () => {
  it.each(paths)("is refused in a manifest: %j", async (path) => {
    const { manifest, files } = packageOf("return 1");
    const changed = { ...manifest, files: { ...manifest.files, [path]: { size: 1, sha256: "0".repeat(64) } } };
    const bytes = Buffer.from(JSON.stringify({ ...changed, integrity: manifestIntegrity(changed) }));
    expect(() => readManifest(bytes, "acme/act")).toThrow(expect.objectContaining({ code: "PATH_UNSAFE" }));
    const folder = join(place.folder, `folder-${paths.indexOf(path)}`);
    await mkdir(join(folder, "dist"), { recursive: true });
    await writeFile(join(folder, "dist/tool.mjs"), files.get("dist/tool.mjs") ?? "");
    await writeFile(join(folder, "tool.json"), bytes);
    await expect(loadPackage(folder, { sandbox })).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  });

  it.each(paths.filter((path) => path.length < 100))("is refused in an archive: %j", async (name) => {
    const path = await place.write([...goodEntries(), { name, content: "evil" }]);
    await expect(readArchive(path)).rejects.toMatchObject({ code: "PATH_UNSAFE" });
    const hidden = await place.write([
      ...goodEntries(),
      rawPax(`path=${name}`),
      { name: "package/x", content: "evil" },
    ]);
    await expect(readArchive(hidden)).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  });

  it("has nothing written anywhere", async () => {
    const before = await readdir(place.folder, { recursive: true });
    const path = await place.write([{ name: "../outside.txt", content: "evil" }]);
    await expect(readArchive(path)).rejects.toMatchObject({ code: "PATH_UNSAFE" });
    const after = await readdir(place.folder, { recursive: true });
    expect(after).toHaveLength(before.length + 1);
  });

  it("is not among those of an archive that is right", async () => {
    const { main } = await readArchive(await place.write(goodEntries()));
    expect(main.name).toBe("acme/act");
  });
});
