import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pinnedProgram } from "./pinned-program.ts";
import { programWarnings } from "./program-warnings.ts";

let home: string;

/** Puts a package where `npx` puts it when it is asked for by this text. */
async function started(spec: string, name: string, version: unknown): Promise<void> {
  const hash = createHash("sha512").update(spec).digest("hex").slice(0, 16);
  const folder = join(home, ".npm", "_npx", hash, "node_modules", name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name, version }));
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "smoltools-npx-"));
  await started("@example/server", "@example/server", "1.4.2");
  await started("server@latest", "server", "2.0.0-rc.1");
  await started("broken", "broken", "../../1");
});
afterAll(() => rm(home, { recursive: true, force: true }));

it.each<[command: string, args: string[], pinned: string[], isPinned: boolean]>([
  ["npx", ["-y", "@example/server", "--x"], ["-y", "@example/server@1.4.2", "--x"], true],
  ["npx", ["server@latest"], ["server@2.0.0-rc.1"], true],
  ["npx", ["-y", "server@1.0.0"], ["-y", "server@1.0.0"], true],
  ["npx", ["-y", "unknown"], ["-y", "unknown"], false],
  ["npx", ["-y", "broken"], ["-y", "broken"], false],
  ["npx", ["--package=server", "run"], ["--package=server", "run"], false],
  ["npx", ["github:acme/server"], ["github:acme/server"], false],
  ["npx", [], [], false],
  ["node", ["@example/server"], ["@example/server"], false],
])("%s %j becomes %j", async (command, args, pinned, isPinned) => {
  expect(await pinnedProgram({ command, args }, { HOME: home })).toMatchObject({ args: pinned, isPinned });
});

it.each<[command: string, args: string[], expected: RegExp[]]>([
  ["npx", ["-y", "server"], [/No exact version.*npx -y name@1\.2\.3/]],
  ["uvx", ["server"], [/uvx name==1\.2\.3/]],
  ["uvx", ["server==1.2.0"], []],
  ["docker", ["run", "image:latest"], [/sha256/]],
  ["node", ["./server.js"], [/names files of this machine/]],
  ["/usr/bin/server", [], [/names files of this machine/]],
  ["server", ["--stdio"], []],
])("of %s %j is said %s", (command, args, expected) => {
  const source = { kind: "mcp", command, args, env: [], server: { name: "x", version: "" } } as const;
  const [first, ...warnings] = programWarnings({ ...source, args, env: [] }, { args, isPinned: false });
  expect(first).toContain("outside of the sandbox");
  expect(warnings).toEqual(expected.map((each) => expect.stringMatching(each)));
});
