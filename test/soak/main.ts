// node test/soak/main.ts <sandbox> [cycles]: many sandboxes one after another, and what they left behind.
import { docker } from "@smoltools/adapters/sandboxes/docker";
import { processSandbox } from "@smoltools/adapters/sandboxes/process";
import { python } from "@smoltools/adapters/sandboxes/python";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import type { SandboxProvider } from "@smoltools/core";
import { soak } from "./soak.ts";

const kinds: Record<string, () => SandboxProvider> = {
  quickjs,
  process: () => processSandbox({ isolation: "bubblewrap" }),
  deno: () => processSandbox({ isolation: "deno" }),
  python: () => python({ isolation: "bubblewrap" }),
  pyodide: () => python({ isolation: "deno" }),
  // With the image of scripts/docker-for-tests.sh.
  docker: () => docker({ image: "smoltools-test:local" }),
};
const [name = "quickjs", cycles = "10000"] = process.argv.slice(2);
const kind = kinds[name];
if (!kind) throw new Error(`There is no sandbox ${name}. There are ${Object.keys(kinds).join(", ")}.`);
const report = await soak(kind(), Number(cycles));
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
