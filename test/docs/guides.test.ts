import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, snippetsOf } from "./guide-page.ts";
import { pages as allPages, root } from "./pages.ts";
import { SnippetFolder } from "./snippet-folder.ts";

const guide = new URL("../../docs/guide/", import.meta.url);
const index = readFileSync(new URL("README.md", guide), "utf8");
const pages = readdirSync(guide)
  .filter((name) => name.endsWith(".md"))
  .map((name) => {
    const markdown = readFileSync(new URL(name, guide), "utf8");
    const blocks = blocksOf(markdown);
    const snippets = snippetsOf(name, blocks);
    return { name, markdown, blocks, snippets, programs: snippets.filter(({ output }) => output !== undefined) };
  });
const guides = pages.filter(({ name }) => name !== "README.md");
const waitMs = 300_000;

/** Snippets of the other pages are type-checked: those of packages that are to be run, the tests of the tarballs run. */
const others = allPages
  .filter((path) => !path.startsWith("docs/guide/"))
  .flatMap((path) => snippetsOf(path.replaceAll("/", "-"), blocksOf(readFileSync(new URL(path, root), "utf8"))));
/** What these snippets take for granted. */
const globals = `
  declare const agent: import("smoltools").CodeAgent;
  declare const langchainTool: import("@langchain/core/tools").StructuredTool;
  declare const model: import("smoltools").Model;
  declare const MyModel: new () => import("smoltools").Model;
  declare const mySandbox: () => import("smoltools").SandboxProvider;
  declare const texts: string[];
  declare const wordCount: import("smoltools").Tool;
`;

let folder: SnippetFolder;

beforeAll(async () => {
  folder = await SnippetFolder.create([...pages.flatMap(({ snippets }) => snippets), ...others], globals);
});

afterAll(() => folder[Symbol.asyncDispose]());

describe.concurrent("the snippets of the guides", { timeout: waitMs }, () => {
  it("pass the type check", async ({ expect }) => {
    expect(await folder.typeErrors()).toEqual([]);
  });

  it.for(guides)("in $name print what the page says", async ({ programs }, { expect }) => {
    const { outputs, failure } = await folder.run(programs);
    expect(failure).toBe("");
    expect(outputs).toEqual(programs.map(({ output }) => output));
  });
});

describe.each(guides)("the guide $name", ({ name, markdown, blocks, programs }) => {
  it("has a program that is run", () => {
    expect(programs).not.toEqual([]);
  });

  it("has only blocks of kinds that are checked, or need no check", () => {
    expect(blocks.filter(({ language }) => !/^(?:ts|text|sh|json|python)$/.test(language))).toEqual([]);
  });

  it("is in the index", () => {
    expect(index).toContain(`](${name})`);
  });

  it("names only error codes that there are", () => {
    expect(codesIn(markdown).filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  });
});

it.each(pages)("the links of $name lead somewhere", ({ markdown }) => {
  const targets = [...markdown.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = ""]) => target);
  expect(targets.filter((target) => !existsSync(fileURLToPath(new URL(target, guide))))).toEqual([]);
});

/** Error codes that a page names in its text. */
function codesIn(markdown: string): string[] {
  const families =
    "ADAPTER|AGENT|ARCHIVE|CACHE|CONTENT|CONVERT|DERIVE|HUB|INTEGRITY|KEY|LOCK|MANIFEST|MEDIA|MEMORY|MODEL|PACKAGE|PATH|" +
    "PERMISSIONS?|PROJECT|REF|REGISTRY|REPO|RUNTIME|SANDBOX|SECRET|SIGNATURE|SOURCE|TAG|TOOL|TRUST|UPDATE|VERSION|WEB";
  return [...markdown.matchAll(new RegExp(`\`((?:${families})_[A-Z_]+)\``, "g"))].map(([, code = ""]) => code);
}

const sources = globSync(fileURLToPath(new URL("../../packages/*/src/**/*.ts", import.meta.url)), {
  exclude: (path) => path.endsWith(".test.ts"),
})
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
