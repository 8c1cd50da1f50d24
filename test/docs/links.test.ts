import { existsSync, readFileSync, statSync } from "node:fs";
import { expect, it } from "vitest";
import { pages, root } from "./pages.ts";

it("there are pages", () => {
  expect(pages.length).toBeGreaterThan(40);
});

it.each(pages)("the links of %s lead somewhere", (path) => {
  const page = new URL(path, root);
  const targets = [...withoutCode(readFileSync(page, "utf8")).matchAll(/\]\((?!https?:|mailto:)([^)\s]*)\)/g)];
  expect(targets.map(([, target = ""]) => target).filter((target) => !leadsSomewhere(target, page))).toEqual([]);
});

function leadsSomewhere(target: string, page: URL): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : new URL(path, page);
  if (!existsSync(file)) return false;
  if (anchor === undefined) return true;
  return statSync(file).isFile() && anchorsOf(readFileSync(file, "utf8")).has(anchor);
}

/** The anchors that GitHub makes of headings; a heading that comes again gets a number. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutCode(markdown, "blocks").matchAll(/^#{1,6} (.+)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    let name = anchor;
    for (let count = 1; anchors.has(name); count += 1) name = `${anchor}-${count}`;
    anchors.add(name);
  }
  return anchors;
}

/** Code is no link and no heading. */
function withoutCode(markdown: string, what: "all" | "blocks" = "all"): string {
  const text = markdown.replace(/^(`{3,})[^]*?^\1$/gm, "");
  return what === "blocks" ? text : text.replace(/`[^`\n]*`/g, "");
}

it("a missing page and a missing heading are found", () => {
  const page = new URL("docs/guide/README.md", root);
  expect(leadsSomewhere("code-agent.md#for-users-of-smolagents", page)).toBe(true);
  expect([leadsSomewhere("none.md", page), leadsSomewhere("code-agent.md#none", page)]).toEqual([false, false]);
});
