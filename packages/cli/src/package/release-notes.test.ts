import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { releaseNotes } from "./release-notes.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-notes-"));
  await mkdir(join(folder, "src"));
  await mkdir(join(folder, "src", "deep"));
  await writeFile(join(folder, "CHANGELOG.md"), "# Changes\n\n## 1.0.0\n\n- greets\n\n## 0.9.0\n");
  await writeFile(join(folder, "notes.md"), "- from a file\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const notes = (source: string, version: string, options: { text?: string; file?: string } = {}) =>
  releaseNotes(join(folder, source), version, options);

describe("releaseNotes", () => {
  it("are the version's section of the changelog beside the source", async () => {
    expect(await notes("greet.ts", "1.0.0")).toBe("- greets");
  });

  it("are those of the folder above for a source in src, and of no other one", async () => {
    expect(await notes("src/greet.ts", "1.0.0")).toBe("- greets");
    expect(await notes("src/deep/greet.ts", "1.0.0")).toBeUndefined();
  });

  it.each(["0.9.0", "1.0.1"])("are nothing where nothing is said about %s", async (version) => {
    expect(await notes("greet.ts", version)).toBeUndefined();
  });

  it("are the text or the file that is given, whatever the changelog says", async () => {
    expect(await notes("greet.ts", "1.0.0", { text: "typed" })).toBe("typed");
    expect(await notes("greet.ts", "1.0.0", { file: join(folder, "notes.md") })).toBe("- from a file\n");
  });

  it.each<[string, { text?: string; file?: string }, RegExp]>([
    ["both", { text: "a", file: "b" }, /not both/],
    ["a file that is not there", { file: "/nowhere/notes.md" }, /There is no file/],
    ["text that is too long", { text: "x".repeat(20_001) }, /20001 characters, 20000 are allowed/],
  ])("refuse %s", async (_title, options, message) => {
    await expect(notes("greet.ts", "1.0.0", options)).rejects.toThrow(message);
  });
});
