import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { addPackages, deprecateVersions, pushPackage, yankVersion } from "@smoltools/hub";
import { chatCompletionsServer } from "../agents/chat-completions-server.ts";
import { packageOf } from "../flows/hub-fixture.ts";
import { type CommandRow, like, type RowContext } from "./installed-row.ts";

const hash = /^sha512-/;
const sha = /^[0-9a-f]{40}$/;

/** A package of the row alone. */
const own = ({ turn }: RowContext, name: string): string => `me/${name}-${turn}`;

async function publish({ program }: RowContext, name: string, version = "1.0.0"): Promise<void> {
  await pushPackage(program.client, packageOf("return 1", { name, version }));
}

const repoOf = (name: string) => ({ repoType: "space", repo: name }) as const;

/** The commands that have to do with packages. */
export const packageRows: Readonly<Record<string, CommandRow>> = {
  init: {
    args: () => ["made"],
    jsonArgs: () => ["made", "--name", "me/made"],
    json: { folder: "made", name: "me/made", tool: "made", files: ["package.json"], next: ["npm install"] },
    keys: [
      [/Name of the package/, "me/made\r"],
      [/What it does/, "\r"],
    ],
    shows: /\+ src\/made\.ts\n[^]*made me\/made in made\. Next:\n {2}cd made\n/,
    canBeLeft: true,
  },
  check: {
    args: () => ["greet.ts", "--offline"],
    json: { ok: true, findings: [], tools: [{ name: "greet" }], examples: [{ passed: true }] },
    shows: /✓ greet\("Ada"\) → "Hello Ada"[^]*ok 1 tool/,
  },
  dev: {
    args: () => ["greet.ts"],
    endless: /"ok":true|watching 1 file/,
    lines: true,
    json: { ok: true, tools: [{ name: "greet" }] },
    shows: /schema of greet: 1 argument, 1 required/,
  },
  build: {
    args: () => ["greet.ts", "--name", "me/built", "--out", "package"],
    json: { name: "me/built", version: "1.0.0", integrity: like(hash), folder: "package", files: {} },
    shows: /\+ src\/greet\.ts[^]*built me\/built 1\.0\.0 in package/,
  },
  push: {
    args: (row) => ["greet.ts", own(row, "pushed")],
    json: { name: "me/pushed-json", version: "1.0.0", commit: like(sha), integrity: like(hash) },
    keys: [[/Publish me\/pushed-\w+ 1\.0\.0 on 127/, "y"]],
    shows: /published me\/pushed-\w+ 1\.0\.0 on 127/,
    canBeLeft: true,
  },
  diff: {
    args: () => ["me/greet@1.0.0", "me/greet@1.1.0"],
    json: {
      before: { name: "me/greet", version: "1.0.0" },
      after: { name: "me/greet", version: "1.1.0" },
      files: [{ path: "README.md" }],
    },
    shows: /me\/greet 1\.0\.0 → me\/greet 1\.1\.0/,
  },
  pack: {
    args: () => ["me/greet@1.0.0"],
    json: {
      path: "me-greet-1.0.0.tgz",
      packages: [{ name: "me/greet", version: "1.0.0", integrity: like(hash) }],
    },
    shows: /packed me\/greet 1\.0\.0 in me-greet-1\.0\.0\.tgz/,
  },
  versions: {
    args: () => ["me/greet"],
    json: {
      name: "me/greet",
      versions: [
        { version: "1.1.0", commit: like(sha), publishedAt: like(/^2\d{3}-/) },
        { version: "1.0.0", commit: like(sha) },
      ],
    },
    shows: /^1\.1\.0 +2\d{3}-\d\d-\d\d +[0-9a-f]{8}/,
    table: true,
    plain: true,
  },
  yank: {
    prepare: (row) => publish(row, own(row, "yank")),
    args: (row) => [`${own(row, "yank")}@1.0.0`, "--reason", "wrong"],
    json: { name: "me/yank-json", versions: ["1.0.0"], changed: true, commit: like(sha) },
    shows: /yanked me\/yank-\w+ 1\.0\.0/,
  },
  unyank: {
    prepare: async (row) => {
      const name = own(row, "unyank");
      await publish(row, name);
      await yankVersion(row.program.client, repoOf(name), "1.0.0", { reason: "wrong" });
    },
    args: (row) => [`${own(row, "unyank")}@1.0.0`],
    json: { name: "me/unyank-json", versions: ["1.0.0"], changed: true },
    shows: /unyanked me\/unyank-\w+ 1\.0\.0: ranges choose it again/,
  },
  deprecate: {
    prepare: (row) => publish(row, own(row, "old")),
    args: (row) => [own(row, "old"), "use me/greet"],
    json: { name: "me/old-json", changed: true },
    shows: /me\/old-\w+ is deprecated: everybody who uses it is told/,
    plain: true,
  },
  search: {
    args: () => ["greet", "--owner", "me"],
    json: { results: [{ name: "me/greet", version: "1.1.0" }], total: expect.any(Number) },
    shows: /^package +version +updated +what it does\n[^]*me\/greet/,
    table: true,
  },
  info: {
    args: () => ["me/greet@^1"],
    json: {
      name: "me/greet",
      version: "1.1.0",
      commit: like(sha),
      integrity: like(hash),
      publishedAt: like(/^2\d{3}-/),
      versions: ["1.1.0", "1.0.0"],
      tools: [{ name: "greet" }],
    },
    shows: /me\/greet 1\.1\.0[^]*versions +1\.1\.0 \(2\d{3}-\d\d-\d\d\), 1\.0\.0/,
  },
  run: {
    args: () => ["me/greet@^1"],
    jsonArgs: () => ["me/greet@^1", "--name", "Ada"],
    json: "Hello Ada",
    keys: [[/name: Name of the person/, "Ada\r"]],
    shows: /Hello Ada\n$/,
    canBeLeft: true,
  },
  agent: {
    prepare: async (row) => {
      const answer = 'Thought.\n```js\nfinalAnswer(await greet("Ada"))\n```';
      const model = await chatCompletionsServer([answer]);
      row.owned.push(model);
      Object.assign(row.env, { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: "sk-test" });
    },
    args: () => ["--tools", "./greet.ts", "--model", "test"],
    jsonArgs: () => ["--tools", "./greet.ts", "--model", "test", "Greet Ada."],
    lines: true,
    json: { type: "result", output: "Hello Ada", state: "success" },
    keys: [
      [/You/, "Greet Ada.\r"],
      [/Hello Ada[^]*You/, "exit\r"],
    ],
    shows: /Hello Ada[^]*1 task, 1 step, 1 call/,
  },
  mcp: {
    args: () => ["me/greet@^1", "--http", "0"],
    endless: /Ctrl-C ends it|"url"/,
    json: { url: like(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/) },
    shows: /mcp http:\/\/127\.0\.0\.1:\d+\/mcp/,
  },
  add: {
    args: () => ["me/net@^1"],
    jsonArgs: () => ["me/net@^1", "--yes"],
    json: [
      {
        ref: "me/net@^1",
        name: "me/net",
        version: "1.0.0",
        commit: like(sha),
        integrity: like(hash),
        permissions: { net: ["api.example.com"] },
      },
    ],
    keys: [[/net +api\.example\.com[^]*Grant that\?/, "y"]],
    shows: /me\/net@\^1: me\/net 1\.0\.0 locked in smoltools\.lock/,
    canBeLeft: true,
  },
  install: {
    args: () => ["--frozen"],
    json: { installed: [{ ref: "me/greet@^1", name: "me/greet", version: "1.0.0", commit: like(sha) }] },
    shows: /installed me\/greet 1\.0\.0 \(\d+ files\)/,
  },
  update: {
    args: () => [],
    json: {
      updated: [{ ref: "me/greet@^1", before: { version: "1.0.0" }, after: { version: "1.1.0", commit: like(sha) } }],
    },
    shows: /me\/greet@\^1: 1\.0\.0 → 1\.1\.0/,
  },
  remove: {
    args: () => ["me/greet@^1"],
    json: { removed: ["me/greet@^1"], missing: [] },
    shows: /removed me\/greet@\^1 from smoltools\.lock/,
  },
  outdated: {
    args: () => [],
    json: { outdated: [{ ref: "me/greet@^1", locked: "1.0.0", wanted: "1.1.0", latest: "1.1.0" }], count: 1 },
    shows: /^ref +locked +wanted +latest\nme\/greet@\^1 +1\.0\.0 +1\.1\.0 +1\.1\.0/,
    table: true,
  },
  audit: {
    prepare: async (row) => {
      const name = own(row, "audited");
      await publish(row, name);
      const { hubUrl } = row.program;
      await addPackages([name], {
        hubUrl,
        lockFile: join(row.cwd, "smoltools.lock"),
        cacheDir: join(row.cwd, "cache"),
      });
      await deprecateVersions(row.program.client, repoOf(name), undefined, { message: "use another" });
    },
    args: (row) => [own(row, "audited")],
    code: 1,
    json: { findings: [{ severity: "low" }], count: 1 },
    shows: /me\/audited-\w+: .*use another/s,
  },
  pull: {
    args: () => ["me/greet@~1.0", "--lock-file", "other.lock"],
    json: [{ ref: "me/greet@~1.0", name: "me/greet", version: "1.0.0", commit: like(sha), integrity: like(hash) }],
    shows: /pulled me\/greet 1\.0\.0 \(\d+ files\)\n {2}commit +[0-9a-f]{40}/,
  },
};

/** Writes the lock file of somebody who locked `me/greet` when there was one version of it. */
export async function publishAndLock({ program, cwd }: Pick<RowContext, "program" | "cwd">): Promise<void> {
  const { client, hubUrl } = program;
  const input = {
    type: "object",
    properties: { name: { type: "string", description: "Name of the person." } },
  } as const;
  const greet = {
    name: "greet",
    description: "Greet a person.",
    inputSchema: { ...input, required: ["name"], additionalProperties: false },
  };
  const code = "export const tools = { greet: ({ name }) => `Hello ${name}` };\n";
  const version = (number: string) => packageOf(code, { name: "me/greet", version: number, tools: [greet], code });
  await pushPackage(client, version("1.0.0"));
  await writeFile(join(cwd, "package.json"), "{}");
  await addPackages(["me/greet@^1"], { hubUrl, lockFile: join(cwd, "smoltools.lock"), cacheDir: join(cwd, "cache") });
  await pushPackage(client, version("1.1.0"));
  const permissions = { net: ["api.example.com"] };
  await pushPackage(client, packageOf("return 1", { name: "me/net", permissions }));
}
