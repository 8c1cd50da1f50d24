import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findCommand, isGroup } from "../../packages/cli/src/cli/line/find-command.ts";
import { parseCommand } from "../../packages/cli/src/cli/line/parse-command.ts";
import { commands } from "../../packages/cli/src/commands/index.ts";
import { blocksOf } from "./guide-page.ts";
import { pages, root } from "./pages.ts";

/** Shown to be refused. */
const mistakes = new Set(["smoltools pusj weather.ts"]);

/** The command lines of smoltools that a page shows, without what follows them on the line. */
function commandLines(page: string): string[] {
  const shell = blocksOf(page).filter(({ language }) => language === "sh");
  const lines = shell.flatMap(({ text }) => text.replaceAll("\\\n", " ").split("\n"));
  return lines.flatMap((line) => {
    const code = line.replace(/(?:^| )#(?: .*|$)/, "");
    return [
      ...code.matchAll(
        /(?:^|&& |\$\(|npx |sudo -u \S+ |smoltools-hub )(smoltools |hub |serve )((?:'[^']*'|"[^"]*"|[^|&;<>)'"])*)/g,
      ),
    ].map(([, start = "", rest = ""]) => `${start === "smoltools " ? start : `smoltools ${start}`}${rest}`.trim());
  });
}

/** What is wrong with a command line; `undefined` for a good one. */
function problemOf(line: string): string | undefined {
  const [, ...words] = (line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []).map((word) => word.replaceAll(/["']/g, ""));
  const named = words[0] === "help" ? words.slice(1) : words;
  if (named.length === 0 || named[0] === "--help") return undefined;
  const found = findCommand(commands, named);
  if (!found || isGroup(found.command)) return `${line}: no such command`;
  if (words[0] === "help" || found.args.includes("--help")) return undefined;
  try {
    parseCommand(found.path.join(" "), found.command, found.args);
    return undefined;
  } catch (error) {
    return `${line}: ${String(error)}`;
  }
}

describe.each(pages)("the page %s", (path) => {
  const page = readFileSync(new URL(path, root), "utf8");

  it("shows only commands and options that there are", () => {
    const problems = commandLines(page)
      .filter((line) => !mistakes.has(line))
      .map(problemOf);
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });

  it("names the package of the command where npx has to find it", () => {
    // The package `smoltools` has no command; a project that has installed `@smoltools/cli` finds it by `npx smoltools`.
    const isInstalled = /npm install --save-dev @smoltools\/cli/.test(page);
    expect(!isInstalled && /npx (?:-y )?smoltools |"npx", "args": \["(?:-y", ")?smoltools"/.test(page)).toBe(false);
  });
});

it("a command line that is wrong is found", () => {
  const page =
    "```sh\nsmoltools push a.ts me/a --dry && smoltools hub user add a # why\nsudo -u x smoltools nothing\n```\n";
  expect(commandLines(page)).toEqual([
    "smoltools push a.ts me/a --dry",
    "smoltools hub user add a",
    "smoltools nothing",
  ]);
  expect(commandLines(page).map((line) => problemOf(line) === undefined)).toEqual([false, true, false]);
});
