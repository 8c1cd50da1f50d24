import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The folder that the tasks are about. Always the same: its path is a part of what is counted. */
export const folder: string = join(realpathSync(tmpdir()), "smoltools-bench-tokens");

/** Names of months, for files. */
export const months: readonly string[] = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, "0")}`);

/** Puts the folder into the state from which each agent starts. */
export function writeFiles(): void {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["minutes", "numbers", "clues"]) mkdirSync(join(folder, name), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  write("stocks.csv", readFileSync(new URL("../data/stocks.csv", import.meta.resolve("vega-datasets")), "utf8"));
  write("config.json", `${JSON.stringify({ port: 8080, host: "localhost", retries: 3, verbose: false }, null, 2)}\n`);
  write("guide.md", readFileSync(new URL("../../../../docs/guide/budgets.md", import.meta.url), "utf8"));
  for (const [i, month] of months.entries()) {
    const items = Array.from(
      { length: 6 },
      (_, n) => `${(i + n) % 3 === 0 ? "TODO" : "DONE"}: item ${i * 6 + n} of the board`,
    );
    write(`minutes/${month} minutes.txt`, `Minutes of ${month}\n\n${items.join("\n")}\n`);
    write(
      `numbers/${month}.csv`,
      Array.from({ length: 30 }, (_, day) => `${month}-${day + 1},${((i + 7) * (day + 3)) % 97}`).join("\n"),
    );
  }
  write("clues/start.txt", "Somebody was here before you. The next clue is where the river begins: spring.txt.\n");
  write("clues/spring.txt", "Not bad. What has a bed and never sleeps? Look into the file of that name (river.txt).\n");
  write("clues/river.txt", "Almost there: the last file is called like the largest body of water, sea.txt.\n");
  write("clues/sea.txt", "The treasure is a word: halcyon.\n");
  for (const name of ["bird", "stone", "wood", "moon"])
    write(`clues/${name}.txt`, `There is nothing here but a ${name}.\n`);
}
