// Builds every package and packs it as it would be published.
// usage: node scripts/pack.ts [folder]
import { join, resolve } from "node:path";
import { packPackages, shownPath } from "./release/pack-packages.ts";
import { root } from "./release/workspace-packages.ts";

const [folder = join(root, "release")] = process.argv.slice(2);
for (const { tarball } of await packPackages(resolve(folder))) console.log(shownPath(tarball));
