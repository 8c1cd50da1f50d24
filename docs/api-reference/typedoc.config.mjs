// The pages of every public name: `pnpm docs:api` writes them to docs/api-reference/html.
import { readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const packages = ["smoltools", "core", "hub", "adapters", "cli"];

/** The source of every subpath that a package exports: what is not exported has no page. */
const entryPoints = packages.flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(new URL(`packages/${name}/package.json`, root), "utf8"));
  const sources = Object.values(exports).map((target) => target["@smoltools/source"] ?? "");
  return sources.filter((path) => path.endsWith("/index.ts")).map((path) => `../../packages/${name}/${path}`);
});

/** @type {import("typedoc").TypeDocOptions} */
export default {
  name: "smoltools",
  entryPoints,
  tsconfig: "tsconfig.json",
  out: "html",
  readme: "none",
  // The workspace is checked by another version of TypeScript.
  skipErrorChecking: true,
  disableGit: true,
  disableSources: true,
  treatWarningsAsErrors: true,
  validation: { notExported: false, invalidLink: true, notDocumented: true },
  requiredToBeDocumented: ["Function", "Class", "Interface", "TypeAlias", "Variable", "Enum"],
};
