import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, it } from "vitest";
import { packedFiles } from "../../../scripts/release/packed-files.ts";
import { run } from "../../../scripts/release/run.ts";
import { specifierOf } from "../../../scripts/release/workspace-packages.ts";

const { packed, everything } = inject("consumers");
const workspace = fileURLToPath(new URL("../../../", import.meta.url));
const all = packed.flatMap(({ name, subpaths }) => subpaths.map((subpath) => specifierOf(name, subpath)));
const core = all.filter((specifier) => specifier.startsWith("@smoltools/core"));

/** Imports whose types are in part those of the library that they need anyway. */
const needTheirLibrary = [
  "@smoltools/adapters/langchain",
  "@smoltools/adapters/models/inference-client",
  "@smoltools/adapters/models/transformers",
  "@smoltools/adapters/sandboxes/blaxel",
  "@smoltools/adapters/sandboxes/e2b",
  "@smoltools/adapters/sandboxes/modal",
  "@smoltools/adapters/tracing/opentelemetry",
];
const withoutLibraries = all.filter((specifier) => !needTheirLibrary.includes(specifier));

const compilers = [
  { compiler: "TypeScript 5.9", program: join(everything, "node_modules", "typescript-5", "bin", "tsc") },
  { compiler: "TypeScript 7", program: join(workspace, "node_modules", "typescript", "bin", "tsc") },
];
const resolutions = ["nodenext", "bundler"] as const;
const matrix = compilers.flatMap(({ compiler, program }) =>
  resolutions.map((resolution) => ({ compiler, program, resolution })),
);

/** What the compiler says of a file that imports these, with all checks on. */
async function errorsIn(
  specifiers: readonly string[],
  { program, resolution }: { program: string; resolution: (typeof resolutions)[number] },
  types: string[],
): Promise<string[]> {
  const folder = join(everything, `types-${crypto.randomUUID()}`);
  await mkdir(folder);
  const imports = specifiers.map((specifier, index) => `export * as all${index} from "${specifier}";\n`);
  await writeFile(join(folder, "index.ts"), imports.join(""));
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: "es2022",
    module: resolution === "bundler" ? "esnext" : "nodenext",
    moduleResolution: resolution,
    types,
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  try {
    await run(process.execPath, [program, "--pretty", "false", "-p", "."], folder);
    return [];
  } catch (error) {
    const lines = String(error).split("\n").slice(1);
    return lines.filter((line) => line.trim() !== "");
  }
}

describe.concurrent.each(matrix)("under $compiler with $resolution", (setting) => {
  it("the types of core need nothing but the language and the web", async () => {
    const found = await Promise.all(core.map((specifier) => errorsIn([specifier], setting, [])));
    expect(found.flat()).toEqual([]);
  });

  it("all other types need those of Node.js, and no optional library but in the imports that are named", async () => {
    expect(await errorsIn(withoutLibraries, setting, ["node"])).toEqual([]);
  });
});

describe("with the optional libraries", () => {
  it.each(matrix)("the imports that need them are right under $compiler with $resolution", async (setting) => {
    await linkLibraries();
    const found = await errorsIn(needTheirLibrary, setting, ["node"]);
    // The libraries' own mistakes are theirs.
    expect(found.filter((line) => /node_modules\/(?:@smoltools|smoltools)\/|^index\.ts/.test(line))).toEqual([]);
  });
});

/** Links the optional libraries of the workspace into the project. */
async function linkLibraries(): Promise<void> {
  const manifests = await Promise.all(packed.map(async (one) => (await packedFiles(one)).manifest));
  const names = manifests.flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies as object));
  for (const name of names) {
    const [from, to] = [
      join(workspace, "packages", "adapters", "node_modules", name),
      join(everything, "node_modules", name),
    ];
    if (existsSync(to) || !existsSync(from)) continue;
    await mkdir(dirname(to), { recursive: true });
    await symlink(from, to);
  }
}
