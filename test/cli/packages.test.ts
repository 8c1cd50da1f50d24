import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deprecateVersions, listCache, yankVersion } from "@smoltools/hub";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testHub } from "../flows/hub-fixture.ts";
import { type CliOptions, smoltools } from "./run-cli.ts";
import { smoltoolsHere } from "./run-here.ts";
import { atTerminal } from "./terminal.ts";

let hub: Awaited<ReturnType<typeof testHub>>;
let inHub: CliOptions & { cwd: string };
beforeAll(async () => {
  hub = await testHub();
  const cwd = join(hub.folder, "project");
  await mkdir(cwd);
  const home = join(hub.folder, "hf-home");
  inHub = { cwd, env: { HF_ENDPOINT: hub.server.url, HF_HOME: home } };
  // The cache is that of this process.
  process.env["HF_HOME"] = home;
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const repoOf = (name: string) => ({ repoType: "space" as const, repo: `acme/${name}` });
const lockOf = (name: string) => ["--lock-file", `${name}.lock`];

/** Publishes two versions, and locks the first. */
async function behind(name: string): Promise<void> {
  await hub.publish(name, "return 1");
  await smoltoolsHere(["add", `acme/${name}@>=1`, ...lockOf(name)], inHub);
  await hub.publish(name, "return 2", { version: "2.0.0", permissions: { net: ["api.example.com"] } });
}

describe("smoltools add and install", { timeout: 60_000 }, () => {
  it("lock a version and its permissions, then download exactly that", async () => {
    await hub.publish("wanting", "return 1", { permissions: { net: ["api.example.com"], env: ["KEY"] } });
    const refused = await smoltoolsHere(["add", "acme/wanting@^1", ...lockOf("wanting")], inHub);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("[PERMISSION_NOT_GRANTED]")]);
    const added = await smoltoolsHere(["add", "acme/wanting@^1", "--yes", ...lockOf("wanting")], inHub);
    expect(added.stdout).toMatch(/acme\/wanting 1\.0\.0 locked in wanting\.lock\n {2}net {3}api\.example\.com/);
    await hub.publish("wanting", "return 2", { version: "1.1.0" });
    const again = await smoltoolsHere(["add", "acme/wanting@^1", ...lockOf("wanting")], inHub);
    expect(again.stdout).toContain("acme/wanting 1.0.0 was locked already");
    const installed = await smoltoolsHere(["install", "--frozen", ...lockOf("wanting")], inHub);
    expect(installed.stdout).toMatch(/^installed acme\/wanting 1\.0\.0 \(\d+ files\)\n$/);
  });

  it("say that there is nothing to install", async () => {
    const { code, stderr } = await smoltoolsHere(["install", ...lockOf("nowhere")], inHub);
    expect([code, stderr]).toEqual([2, expect.stringContaining("smoltools add acme/weather@^1")]);
  });

  it("refuse what is not locked where the lock file is frozen", async () => {
    await hub.publish("unlocked", "return 1");
    const { code, stderr } = await smoltoolsHere(["install", "acme/unlocked", "--frozen", ...lockOf("none")], inHub);
    expect([code, stderr]).toEqual([1, expect.stringContaining("[LOCK_ENTRY_MISSING]")]);
  });

  it("warn of versions that were withdrawn", async () => {
    await hub.publish("warned", "return 1");
    await yankVersion(hub.client(), repoOf("warned"), "1.0.0", { reason: "wrong units" });
    const { code, stderr } = await smoltoolsHere(["add", "acme/warned@1.0.0", ...lockOf("warned")], inHub);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^warning .*wrong units.* \[VERSION_YANKED\]\n$/)]);
  });
});

describe("smoltools remove", { timeout: 60_000 }, () => {
  it("takes a ref out of the lock file, and says which are not there", async () => {
    await hub.publish("removed", "return 1");
    await smoltoolsHere(["add", "acme/removed", ...lockOf("removed")], inHub);
    const { code, stdout, stderr } = await smoltoolsHere(
      ["remove", "acme/removed", "acme/other", ...lockOf("removed")],
      inHub,
    );
    expect([code, stdout, stderr]).toEqual([
      1,
      "removed acme/removed from removed.lock\n",
      "removed.lock does not hold acme/other\n",
    ]);
    expect(JSON.parse(await readFile(join(inHub.cwd, "removed.lock"), "utf8")).packages).toEqual({});
  });

  it("forgets what a source of tools declared, by the name that the lock file has for it", async () => {
    const source = "mcp:npx -y @acme/server";
    const sources = { [source]: { act: `sha512-${"A".repeat(86)}==` } };
    const path = join(inHub.cwd, "sources.lock");
    await writeFile(path, JSON.stringify({ lockfileVersion: 1, packages: {}, sources }));
    const { code, stdout } = await smoltoolsHere(["remove", source, ...lockOf("sources")], inHub);
    expect([code, stdout]).toEqual([0, `removed ${source} from sources.lock\n`]);
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ lockfileVersion: 1, packages: {} });
  });
});

describe("smoltools update and outdated", { timeout: 60_000 }, () => {
  it("show what is behind, and what an update changes, and update", async () => {
    await behind("behind");
    const outdated = await smoltoolsHere(["outdated", ...lockOf("behind")], inHub);
    expect(outdated.stdout).toMatch(/^ref +locked +wanted +latest\nacme\/behind@>=1 +1\.0\.0 +2\.0\.0 +2\.0\.0\n$/);
    const dry = await smoltoolsHere(["update", "--dry-run", ...lockOf("behind")], inHub);
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining("nothing was changed")]);
    const refused = await smoltoolsHere(["update", ...lockOf("behind")], inHub);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("[PERMISSION_NOT_GRANTED]")]);
    const updated = await smoltoolsHere(["update", "--yes", ...lockOf("behind")], inHub);
    expect(updated.stdout).toContain("acme/behind@>=1: 1.0.0 → 2.0.0\n  new permissions: net api.example.com\n");
    expect((await smoltoolsHere(["outdated", ...lockOf("behind")], inHub)).stdout).toBe("1 ref is up to date\n");
  });

  it("print JSON that says the same", async () => {
    await behind("behind-json");
    const { stdout } = await smoltoolsHere(["update", "--dry-run", "--json", ...lockOf("behind-json")], inHub);
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      updated: [{ before: { version: "1.0.0" }, after: { version: "2.0.0" }, grown: { net: ["api.example.com"] } }],
    });
  });
});

describe("smoltools audit", { timeout: 60_000 }, () => {
  it("fails where something is wrong, by its severity", async () => {
    await hub.publish("audited", "return 1");
    await smoltoolsHere(["add", "acme/audited", ...lockOf("audited")], inHub);
    const fine = await smoltoolsHere(["audit", ...lockOf("audited")], inHub);
    expect([fine.code, fine.stdout]).toEqual([0, "nothing wrong with 1 ref\n"]);
    await deprecateVersions(hub.client(), repoOf("audited"), "1.0.0", { message: "too slow" });
    const audit = await smoltoolsHere(["audit", ...lockOf("audited")], inHub);
    expect([audit.code, audit.stdout]).toEqual([
      1,
      "low      acme/audited: acme/audited 1.0.0 is deprecated: too slow [VERSION_DEPRECATED]\n",
    ]);
    const grave = await smoltoolsHere(["audit", "--level", "high", "--json", ...lockOf("audited")], inHub);
    expect([grave.code, JSON.parse(grave.stdout).findings.length]).toEqual([0, 1]);
  });
});

describe("smoltools versions and info", { timeout: 60_000 }, () => {
  it("show what became of versions", async () => {
    await hub.publish("aged", "return 1");
    await hub.publish("aged", "return 2", { version: "1.1.0" });
    await yankVersion(hub.client(), repoOf("aged"), "1.1.0", { reason: "wrong units" });
    const versions = await smoltoolsHere(["versions", "acme/aged"], inHub);
    const [first, second] = versions.stdout.split("\n");
    expect(first).toMatch(/^1\.1\.0 {2}2\d{3}-\d\d-\d\d {2}[0-9a-f]{40} {2}yanked: wrong units$/);
    expect(second).toMatch(/^1\.0\.0 {2}2\d{3}-\d\d-\d\d {2}[0-9a-f]{40}$/);
    const info = await smoltoolsHere(["info", "acme/aged"], inHub);
    expect(info.stdout).toMatch(/versions {5}1\.1\.0 \(2[\d-]+, yanked\), 1\.0\.0 \(2[\d-]+\)\n/);
    expect(info.stdout).toContain("acme/aged 1.0.0\n");
  });
});

describe("smoltools cache", { timeout: 60_000 }, () => {
  it("lists, checks and removes what was downloaded", async () => {
    const env = { HF_ENDPOINT: hub.server.url, HF_HOME: join(hub.folder, "cache-home") };
    const own = { ...inHub, env };
    await hub.publish("cached", "return 1");
    await smoltools(["pull", "acme/cached", ...lockOf("cached")], own);
    expect((await smoltools(["cache", "ls"], own)).stdout).toMatch(
      /^acme\/cached 1\.0\.0 .*127\.0\.0\.1.*\n1 package, /,
    );
    expect((await smoltools(["cache", "verify"], own)).stdout).toMatch(/^\d+ files of 1 package, 0 damaged\n$/);
    const [cached] = await listCache({ env });
    await writeFile(cached?.files.find(({ path }) => path === "dist/tool.mjs")?.location ?? "", "evil");
    const damaged = await smoltools(["cache", "verify"], own);
    expect([damaged.code, damaged.stdout]).toEqual([
      1,
      expect.stringContaining("damaged dist/tool.mjs of acme/cached"),
    ]);
    expect((await smoltools(["cache", "clean", "--older-than", "30d"], own)).stdout).toContain(
      "0 packages, 0.0 kB given",
    );
    const dry = await smoltools(["cache", "clean", "--dry-run"], own);
    expect(dry.stdout).toMatch(/^would remove acme\/cached 1\.0\.0\n1 package, .* would be given back\n$/);
    expect((await smoltools(["cache", "clean"], own)).stdout).toContain("removed acme/cached 1.0.0");
    expect((await smoltools(["cache", "ls"], own)).stdout).toBe("0 packages, 0.0 kB\n");
  });

  it.each([
    [["cache", "empty"], "There is no command"],
    [["cache", "clean", "--older-than", "soon"], "write a time such as 30d"],
  ])("refuses %j", async (args, words) => {
    const { code, stderr } = await smoltoolsHere(args, inHub);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});

describe("smoltools at a terminal", { timeout: 60_000 }, () => {
  it("asks for permissions, once, and for more when more is wanted", async () => {
    await hub.publish("asked", "return 'done'", { permissions: { env: ["KEY"] } });
    const run = ["run", "acme/asked@>=1", ...lockOf("asked")];
    const first = atTerminal(run, inHub);
    await first.until(/Grant that\?/);
    first.type("y");
    const granted = await first.end();
    expect(granted.code).toBe(0);
    expect(granted.shown).toMatch(/acme\/asked@>=1.* wants:\r\n {2}env {3}KEY /);
    expect(granted.shown).toContain("done");
    const again = await atTerminal(run, inHub).end();
    expect(again.shown).not.toContain("wants");
    expect(again.shown.trim()).toMatch(/done$/);
    await hub.publish("asked", "return 'more'", { version: "2.0.0", permissions: { env: ["KEY", "OTHER"] } });
    const update = atTerminal(["pull", "acme/asked@>=1", "--update", ...lockOf("asked")], inHub);
    await update.until(/wants more than it was granted before:\r\n {2}env {3}OTHER[^]*Grant that\?/);
    update.type("n");
    expect((await update.end()).code).toBe(1);
  });
});
