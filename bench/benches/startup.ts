import { fileURLToPath } from "node:url";
import { interleaved } from "../lib/measure.ts";
import { processTime } from "../lib/process-time.ts";
import { type Row, row } from "../lib/row.ts";

const packages = {
  "@smoltools/core": "@smoltools/core",
  "@smoltools/hub": "@smoltools/hub",
  "@smoltools/hub/server": "@smoltools/hub/server",
  "@smoltools/adapters/sandboxes/quickjs": "@smoltools/adapters/sandboxes/quickjs",
  "@smoltools/adapters/models/openai": "@smoltools/adapters/models/openai",
  smoltools: "smoltools",
} as const;

/** Start-up: importing each package, and the help of the command line, as whole processes beside an empty one. */
export async function bench(): Promise<Row[]> {
  const cli = fileURLToPath(import.meta.resolve("@smoltools/cli/bin"));
  const subjects: Record<string, () => number> = {
    empty: () => processTime(["-e", "0"]),
    help: () => processTime([cli, "--help"]),
  };
  for (const [name, specifier] of Object.entries(packages)) {
    const url = import.meta.resolve(specifier);
    subjects[name] = () => processTime(["--input-type=module", "-e", `import ${JSON.stringify(url)}`]);
  }
  const ms = await interleaved(subjects, 15);
  const peer = { name: "node -e 0", value: ms["empty"] ?? Number.NaN };
  const imports = Object.keys(packages).map((name) => row(`import ${name}`, "ms", ms[name] ?? Number.NaN, peer));
  const target = { text: "at most 2 × node -e 0", met: ({ ratio }: { ratio: number | null }) => (ratio ?? 9) <= 2 };
  return [row("smoltools --help", "ms", ms["help"] ?? Number.NaN, peer, target), ...imports];
}
