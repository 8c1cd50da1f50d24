import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

/** The folders of hub, the lowest first: each imports only from those before it. */
const layers = [
  ["errors"],
  ["shared"],
  ["ref"],
  ["http", "manifest"],
  ["compat", "integrity", "permissions"],
  ["cache", "commit", "lock", "pack"],
  ["registry"],
  ["resolve"],
  ["search", "signing"],
  ["archive"],
  ["load"],
  ["collection", "diff"],
  ["push"],
  ["agents"],
  ["bundle", "install"],
  ["audit"],
];

const root = "packages/hub/src";
const sources = globSync(`${root}/*/**/*.ts`, { exclude: (path) => /\.test\.|test-support/.test(path) });

/** The folder of hub that a path lies in. */
const folderOf = (path: string): string => path.slice(root.length + 1).split("/")[0] ?? "";
const levelOf = (folder: string): number => layers.findIndex((layer) => layer.includes(folder));

function importsOf(path: string): string[] {
  const specifiers = readFileSync(path, "utf8").matchAll(/(?:from|import\() ?"(\.\.?\/[^"]+)"/g);
  return [...specifiers].map(([, specifier = ""]) => normalize(join(dirname(path), specifier)));
}

it("every folder of hub has its place, but for the server, which shares no more than helpers with the client", () => {
  const folders = new Set(sources.map(folderOf));
  folders.delete("server");
  expect([...folders].sort()).toEqual(layers.flat().sort());
});

it("no folder of hub imports from its own level or above", () => {
  const wrong = sources.flatMap((path) => {
    const own = folderOf(path);
    const allowed = (folder: string) =>
      folder === own || (own === "server" ? folder === "shared" : levelOf(folder) < levelOf(own));
    return importsOf(path)
      .filter((target) => !allowed(folderOf(target)))
      .map((target) => `${path} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});
