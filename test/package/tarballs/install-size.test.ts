import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, it } from "vitest";

const { umbrella } = inject("consumers");
const installed = join(umbrella, "node_modules");
const limitBytes = 40_000_000;

/** Sum of the files of each package, the packages of an owner together. */
function sizes(): Map<string, number> {
  const found = new Map<string, number>();
  for (const entry of globSync("**", { cwd: installed, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const [first = "", second = ""] = path.slice(installed.length + 1).split("/");
    const name = first.startsWith("@") ? `${first}/${second}` : first;
    found.set(name, (found.get(name) ?? 0) + statSync(path).size);
  }
  return found;
}

it("smoltools takes less than 40 MB with everything that npm installs for it", () => {
  const bySize = [...sizes()].sort(([, a], [, b]) => b - a);
  const total = bySize.reduce((sum, [, size]) => sum + size, 0);
  const megabytes = (size: number): string => `${(size / 1e6).toFixed(1)} MB`;
  const largest = bySize.slice(0, 12).map(([name, size]) => `${megabytes(size)} ${name}`);
  process.stdout.write(`${[`${megabytes(total)} in ${bySize.length} packages:`, ...largest].join("\n")}\n`);
  expect(total).toBeLessThan(limitBytes);
});
