import { readArchive, readManifest } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifestIntegrity } from "../../packages/hub/src/integrity/manifest-integrity.ts";
import { packageOf } from "../flows/hub-fixture.ts";
import { archiveFolder, goodEntries } from "./archive-fixture.ts";

let place: Awaited<ReturnType<typeof archiveFolder>>;
beforeAll(async () => {
  place = await archiveFolder();
});
afterAll(async () => {
  await place[Symbol.asyncDispose]();
});

/** Two paths that some file systems take for one: whichever is written last would win. */
const twins = [
  ["src/a.ts", "src/A.ts"],
  ["src/a.ts", "SRC/a.ts"],
  ["Dist/Tool.mjs", "dist/tool.mjs"],
  ["straße", "STRASSE"],
  ["src/ﬁ.ts", "src/fi.ts"],
  ["tool.JSON", "x"],
  ["Tool.json.sig", "x"],
  ["src", "src/act.ts"],
  ["SRC", "src/act.ts"],
] as const;

describe("paths that are one on some file systems", () => {
  it.each(twins)("are refused in a manifest: %s and %s", (...pair) => {
    const { manifest } = packageOf("return 1");
    const listed = Object.fromEntries(pair.map((path) => [path, { size: 1, sha256: "0".repeat(64) }]));
    const changed = { ...manifest, files: { ...manifest.files, ...listed } };
    const bytes = Buffer.from(JSON.stringify({ ...changed, integrity: manifestIntegrity(changed) }));
    expect(() => readManifest(bytes, "acme/act")).toThrow(expect.objectContaining({ code: "PATH_UNSAFE" }));
  });

  it.each([
    ["package/TOOL.json", "package/tool.json"],
    ["Package/tool.json", "package/tool.json"],
    ["Bundle.json", "bundle.json"],
    ["package/dist/", "package/dist"],
  ])("are refused in an archive: %s beside %s", async (name, other) => {
    const entries = [...goodEntries(), { name: other, content: "" }].filter((entry, index, all) => {
      return all.findIndex(({ name: first }) => first === entry.name) === index;
    });
    const path = await place.write([...entries, { name, content: "", type: name.endsWith("/") ? "5" : "0" }]);
    await expect(readArchive(path)).rejects.toMatchObject({ code: "ARCHIVE_INVALID" });
  });
});
