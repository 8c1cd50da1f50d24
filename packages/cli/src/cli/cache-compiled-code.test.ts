import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "smoltools-compiled-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Where a process with this environment keeps its compiled code. */
async function keptIn(env: Record<string, string>): Promise<string> {
  const file = JSON.stringify(new URL("cache-compiled-code.ts", import.meta.url).href);
  const script = `
    import module from "node:module";
    const { cacheCompiledCode } = await import(${file});
    cacheCompiledCode(process.env);
    console.log(module.getCompileCacheDir() ?? "nowhere");`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { env });
  return stdout.trim();
}

it("compiled code is kept in the user's own cache", async () => {
  const [home, cache] = [join(folder, "home"), join(folder, "cache")];
  expect(await keptIn({ HOME: home })).toContain(join(home, ".cache/smoltools/compiled"));
  expect(await keptIn({ HOME: home, XDG_CACHE_HOME: cache })).toContain(join(cache, "smoltools/compiled"));
});

it("compiled code is kept nowhere where nobody is at home, or it cannot be written", async () => {
  expect(await keptIn({})).toBe("nowhere");
  await writeFile(join(folder, "file"), "");
  expect(await keptIn({ XDG_CACHE_HOME: join(folder, "file") })).toBe("nowhere");
});

it("whoever says otherwise is heeded", async () => {
  const own = join(folder, "own");
  expect(await keptIn({ HOME: folder, NODE_COMPILE_CACHE: own })).toContain(own);
  expect(await keptIn({ HOME: folder, NODE_DISABLE_COMPILE_CACHE: "1" })).toBe("nowhere");
});
