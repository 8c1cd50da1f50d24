import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { importPeer } from "./optional-peer.ts";

interface Installation extends AsyncDisposable {
  load(name: string): Promise<unknown>;
}

/** A folder in which one package is installed, and an import from there. Each test names its own: imports are cached. */
async function installed(packageName: string, source: string): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "optional-peer-"));
  const root = join(folder, "node_modules", packageName);
  await mkdir(root, { recursive: true });
  await writeFile(join(root, "package.json"), '{"type":"module","exports":"./index.js"}');
  await writeFile(join(root, "index.js"), source);
  const importer = join(folder, "importer.mjs");
  await writeFile(importer, "export const load = (name) => import(name);");
  const { load } = (await import(/* @vite-ignore */ pathToFileURL(importer).href)) as Pick<Installation, "load">;
  return { load, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function failure(packageName: string, installedName: string, source: string): Promise<unknown> {
  await using installation = await installed(installedName, source);
  const loading = importPeer(() => installation.load(packageName), {
    packageName,
    versions: "^1.2.0",
    neededFor: "AcmeModel",
  });
  // Awaited here, or the folder would go while the library still loads from it.
  return await loading.catch((error: unknown) => error);
}

describe("importPeer", () => {
  it("gives what the library exports", async () => {
    await using installation = await installed("@acme/good", "export const answer = 42;");
    const use = { packageName: "@acme/good", versions: "^1.2.0", neededFor: "AcmeModel" };
    expect(await importPeer(() => installation.load("@acme/good"), use)).toMatchObject({ answer: 42 });
  });

  it("names the package to install when it is missing", async () => {
    expect(await failure("@acme/not-there", "@acme/other", "")).toMatchObject({
      code: "ADAPTER_PEER_MISSING",
      message: 'AcmeModel needs the package @acme/not-there. Install it: npm install "@acme/not-there@^1.2.0"',
      data: { packageName: "@acme/not-there" },
    });
  });

  it.each([
    ["throws while it loads", "@acme/throwing", "throw new Error('no GPU here');", "no GPU here"],
    ["misses a package of its own", "@acme/incomplete", "import '@acme/inner';", "@acme/inner"],
  ])("says so when it is installed but %s", async (_, packageName, source, reason) => {
    const error = await failure(packageName, packageName, source);
    expect(error).toMatchObject({ code: "ADAPTER_PEER_BROKEN" });
    expect(String(error)).toContain(reason);
  });
});
