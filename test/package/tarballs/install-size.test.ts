import { globSync, lstatSync } from "node:fs";
import { join, sep } from "node:path";
import { expect, inject, it } from "vitest";

const { umbrella } = inject("consumers");
const limitBytes = 40_000_000;

/** What a package takes. */
interface Taken {
  /** The sum of its files, which is how npm counts. */
  files: number;
  /** What the disk gives for its files and folders, in whole blocks: what `du` counts. */
  blocks: number;
}

/** By package, with the packages that lie inside of it. */
function takenBy(installed: string): Map<string, Taken> {
  const found = new Map<string, Taken>();
  for (const path of globSync("**", { cwd: installed })) {
    const [first = "", second = ""] = path.split(sep);
    const name = first.startsWith("@") && second !== "" ? `${first}/${second}` : first;
    const taken = found.get(name) ?? { files: 0, blocks: 0 };
    const entry = lstatSync(join(installed, path));
    if (entry.isFile()) taken.files += entry.size;
    // Whatever the blocks of the disk are, they are counted in pieces of 512 bytes.
    taken.blocks += entry.blocks * 512;
    found.set(name, taken);
  }
  return found;
}

it("smoltools takes less than 40 MB with everything that npm installs for it, as a sum of files and on the disk", () => {
  const packages = [...takenBy(join(umbrella, "node_modules"))].sort(([, a], [, b]) => b.blocks - a.blocks);
  const files = packages.reduce((sum, [, taken]) => sum + taken.files, 0);
  const blocks = packages.reduce((sum, [, taken]) => sum + taken.blocks, 0);
  const text = (taken: Taken) => `${(taken.files / 1e6).toFixed(1)} MB, ${(taken.blocks / 1e6).toFixed(1)} on the disk`;
  const largest = packages.slice(0, 12).map(([name, taken]) => `${text(taken)}: ${name}`);
  process.stdout.write(`${[`${text({ files, blocks })}: ${packages.length} packages`, ...largest].join("\n")}\n`);
  expect(files).toBeLessThan(limitBytes);
  expect(blocks).toBeLessThan(limitBytes);
});
