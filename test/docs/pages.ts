import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The folder of the repository. */
export const root: URL = new URL("../../", import.meta.url);

/** All pages in Markdown, those that are not committed yet included, by their paths. */
export const pages: readonly string[] = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
  { cwd: root, encoding: "utf8" },
)
  .split("\n")
  .filter((path) => path !== "" && !path.startsWith("fixtures/") && existsSync(new URL(path, root)));
