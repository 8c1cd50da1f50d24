import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { linkPackages, temporaryFolder } from "../cli/project-fixture.ts";
import { smoltoolsHere } from "../cli/run-here.ts";
import { testHub, writeToken } from "../flows/hub-fixture.ts";
import { blocksOf } from "./guide-page.ts";

const blocks = blocksOf(readFileSync(new URL("../../docs/guide/your-first-tool.md", import.meta.url), "utf8"));
/** They run until somebody ends them, or install the command, and have tests of their own. */
const elsewhere = /^(?:smoltools (?:serve|dev)\b|npx -y pnpm@12 |npm install --prefix |export )/;

const home = process.cwd();
afterEach(() => process.chdir(home));

it("the commands of the first-tool guide print what the page says", { timeout: 60_000 }, async () => {
  await using folder = await temporaryFolder();
  await using hub = await testHub();
  const env = {
    HF_ENDPOINT: hub.server.url,
    HF_TOKEN: writeToken,
    HF_HOME: join(folder.path, "home"),
    HOME: folder.path,
  };
  // The commands speak of the folder in which they are run: this process, which is this file's own, goes there.
  process.chdir(folder.path);
  const failures: string[] = [];
  let printed = "";
  for (const [index, { language, text }] of blocks.entries()) {
    if (language === "sh") printed = "";
    for (const line of language === "sh" ? text.trim().split("\n") : []) {
      // The hub of this test has another user than the one of the page.
      const words = line.replaceAll("me/greet", "acme/greet").match(/'[^']*'|\S+/g) ?? [];
      const [program, ...args] = words.map((word) => word.replaceAll("'", ""));
      if (elsewhere.test(line)) continue;
      if (program === "cd") process.chdir(args[0] ?? "");
      else if (program === "npm") await linkPackages(process.cwd());
      else {
        const { code, stdout, stderr } = await smoltoolsHere(args, { env });
        if (code !== 0 || stderr !== "") failures.push(`${line} ended with ${code}: ${stderr}`);
        printed += stdout;
      }
    }
    if (language === "text" && blocks[index - 1]?.language === "sh") {
      failures.push(...missingLines(text, printed.replaceAll("acme/greet", "me/greet")));
    }
  }
  expect(failures).toEqual([]);
});

/** The lines of a page that do not come in this order in what was printed. The page writes `…` for anything. */
function missingLines(text: string, printed: string): string[] {
  let rest = printed;
  return text.split("\n").filter((line) => {
    const found = new RegExp(`^${line.split("…").map(escape).join(".*")}$`, "m").exec(rest);
    rest = rest.slice((found?.index ?? 0) + (found?.[0].length ?? 0));
    return !found;
  });
}

it("the source that the first-tool guide shows is the one that init writes", async () => {
  await using folder = await temporaryFolder();
  await smoltoolsHere(["init", join(folder.path, "greet"), "--name", "me/greet", "--yes"]);
  const source = readFileSync(join(folder.path, "greet", "src", "greet.ts"), "utf8");
  expect(blocks.find(({ language, text }) => language === "ts" && text.includes("export function greet"))?.text).toBe(
    source,
  );
});

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
