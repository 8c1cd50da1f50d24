import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackage } from "@smoltools/hub";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryPackage, writePackage } from "./write-package.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-package-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const files = (version: string) =>
  packPackage({
    name: "acme/act",
    version,
    description: "Acts.",
    tools: [{ name: "act", description: "Acts.", inputSchema: { type: "object" } }],
    runtime: "js",
    code: "export const tools = { act: () => 1 };\n",
    sources: { "deep/act.ts": "" },
  }).files;

it("writes all files, into folders that are made, for everybody who may read what is written here", async () => {
  const target = join(folder, "a", "b");
  await writePackage(target, files("1.0.0"));
  expect(await readFile(join(target, "src", "deep", "act.ts"), "utf8")).toBe("");
  await mkdir(join(folder, "usual"));
  expect((await stat(target)).mode).toBe((await stat(join(folder, "usual"))).mode);
});

it("leaves what is there as it is when it cannot be replaced, and no folder of its own", async () => {
  const target = join(folder, "kept");
  await writePackage(target, files("1.0.0"));
  const impossible = new Map([["src/\0", new Uint8Array()]]);
  await expect(writePackage(target, impossible)).rejects.toThrow("null bytes");
  expect(JSON.parse(await readFile(join(target, "tool.json"), "utf8"))).toMatchObject({ version: "1.0.0" });
  expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
});

it("takes a temporary package away in the end", async () => {
  let path: string;
  {
    await using temporary = await temporaryPackage(files("1.0.0"));
    ({ path } = temporary);
    expect(await readdir(path)).toContain("tool.json");
  }
  await expect(stat(path)).rejects.toThrow("ENOENT");
});
