// pnpm examples [name...]: runs the examples one after another; without names, all of them.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const all = readdirSync(here).filter((name) => name !== "demo" && existsSync(join(here, name, "main.ts")));
const names = process.argv.slice(2).filter((name) => name !== "--");
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no example ${unknown.join(", ")}. There are ${all.join(", ")}.`);
  process.exit(2);
}

// Python with smolagents: one of the user's, else the one that `pnpm test:interop` has made.
const made = ["bin/python", "Scripts/python.exe"].map((path) => join(here, "..", ".venv", path)).find(existsSync);
const python = process.env["SMOLTOOLS_PYTHON"] ?? made;
const failed: string[] = [];
for (const name of names.length > 0 ? names : all) {
  console.log(`\n── ${name} ${"─".repeat(70 - name.length)}`);
  if (name === "python-user" && python === undefined && names.length === 0) {
    console.log("left out: it needs a Python with smolagents; run pnpm test:interop once, or set SMOLTOOLS_PYTHON");
    continue;
  }
  const env = { ...process.env, ...(python !== undefined && { SMOLTOOLS_PYTHON: python }) };
  const child = spawn(process.execPath, [join(here, name, "main.ts")], { stdio: "inherit", env });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(", ")}`);
  process.exitCode = 1;
}
