import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackages, loadTool, manifestName, PackageCache } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageOf, sandbox } from "../flows/hub-fixture.ts";
import { type Lies, lyingHub } from "./lying-hub.ts";

const packed = packageOf("return 'good'");
const bundle = Buffer.from(packed.files.get("dist/tool.mjs") ?? []);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-bytes-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The package, with other bytes for its code. */
function withCode(code: Uint8Array): NonNullable<Lies["file"]> {
  return (_request, response, path) => {
    const name = path.split(`/${"a".repeat(40)}/`)[1] ?? "";
    response.end(name === "dist/tool.mjs" ? code : packed.files.get(name));
  };
}

describe("a hub that sends other bytes than were published", () => {
  it.each<[title: string, code: Uint8Array, error: string]>([
    ["of the same size", Buffer.from(bundle.toString().replace("good", "evil")), "INTEGRITY_MISMATCH"],
    ["fewer", bundle.subarray(0, -1), "INTEGRITY_MISMATCH"],
    ["none", Buffer.alloc(0), "INTEGRITY_MISMATCH"],
    ["more", Buffer.concat([bundle, Buffer.from("\n")]), "HUB_RESPONSE_TOO_LARGE"],
  ])("%s, is found out, and nothing of them is kept", async (title, code, error) => {
    await using liar = await lyingHub({ file: withCode(code) });
    const cacheDir = join(folder, title);
    const options = { hubUrl: liar.url, sandbox, cacheDir, retries: 0 };
    await using tool = await loadTool("acme/act", options);
    await expect(tool.call({})).rejects.toMatchObject({ code: error });
    const install = installPackages(["acme/act"], { ...options, lockFile: join(cacheDir, "x.lock") });
    await expect(install).rejects.toMatchObject({ code: error });
    const kept = await readdir(join(new PackageCache(cacheDir, liar.url).dir, "spaces--acme--act", "snapshots"), {
      recursive: true,
    });
    expect(kept).not.toContain(join("a".repeat(40), "dist", "tool.mjs"));
  });

  it("in the manifest, is found out by the manifest itself", async () => {
    const manifest = Buffer.from(packed.files.get(manifestName) ?? []).toString();
    await using liar = await lyingHub({
      file: (_request, response) => void response.end(manifest.replace('"Acts."', '"Evil"')),
    });
    const load = loadTool("acme/act", { hubUrl: liar.url, sandbox, cacheDir: join(folder, "manifest"), retries: 0 });
    await expect(load).rejects.toMatchObject({ code: "INTEGRITY_MISMATCH" });
  });

  it("with a manifest that fits them, is found out by the lock file", async () => {
    const lockFile = join(folder, "locked", "smoltools.lock");
    let answer = packed;
    await using liar = await lyingHub({
      file: (_request, response, path) => {
        response.end(answer.files.get(path.split(`/${"a".repeat(40)}/`)[1] ?? ""));
      },
    });
    const options = { hubUrl: liar.url, sandbox, retries: 0, lockFile };
    await loadTool("acme/act", { ...options, cacheDir: join(folder, "first") });
    answer = packageOf("return 'evil'");
    const load = loadTool("acme/act", { ...options, cacheDir: join(folder, "second") });
    await expect(load).rejects.toMatchObject({ code: "LOCK_INTEGRITY" });
  });
});
