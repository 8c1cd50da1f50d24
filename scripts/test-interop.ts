// Runs the tests that need Python: makes virtual environments with what they use, once, then runs vitest.
// usage: node scripts/test-interop.ts [arguments of vitest]
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const windows = process.platform === "win32";

/** Virtual environments, by what they hold: Gradio in further versions is for the tests of Spaces. */
const environments = [
  { name: ".venv", requirements: "requirements.txt" },
  { name: ".venv-gradio-5", requirements: "requirements-gradio-5.txt" },
  { name: ".venv-gradio-4", requirements: "requirements-gradio-4.txt" },
];

function run(command: string, args: readonly string[]): number {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 1;
}

/** Installs in a tenth of the time that pip takes. */
const uv = "uv==0.13.9";

/** A program of an environment. */
const programIn = (venv: string, name: string): string =>
  windows ? join(root, venv, "Scripts", `${name}.exe`) : join(root, venv, "bin", name);

/** Makes an environment, unless it is there with the same packages. The first one brings the installer of all. */
function prepare({ name, requirements: file }: (typeof environments)[number], index: number): boolean {
  const venv = join(root, name);
  const requirements = join(root, "test", "interop", file);
  const stamp = join(venv, "requirements.sha256");
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return true;
  console.log(`Making a Python environment of the interop tests in ${name}`);
  rmSync(venv, { recursive: true, force: true });
  const isFirst = index === 0;
  const made = run(windows ? "python" : "python3", ["-m", "venv", ...(isFirst ? [] : ["--without-pip"]), venv]) === 0;
  if (!made || !install(name, requirements)) return false;
  // Written last: an environment that was not finished has no stamp, and is made anew.
  writeFileSync(stamp, hash);
  return true;
}

/** Installs with uv, or with pip where there is no uv for the machine. */
function install(venv: string, requirements: string): boolean {
  const [first = { name: ".venv" }] = environments;
  const python = programIn(first.name, "python");
  const pip = ["-m", "pip", "--disable-pip-version-check"];
  const what = ["--quiet", "--no-deps", "--only-binary", ":all:"];
  const target = ["--python", programIn(venv, "python")];
  const args = [...what, "--requirement", requirements];
  const hasUv = existsSync(programIn(first.name, "uv")) || run(python, [...pip, "install", ...what, uv]) === 0;
  return hasUv
    ? run(programIn(first.name, "uv"), ["pip", "install", "--compile-bytecode", ...target, ...args]) === 0
    : run(python, [...pip, ...target, "install", ...args]) === 0;
}

for (const [index, environment] of environments.entries()) {
  if (prepare(environment, index)) continue;
  console.error(
    `The Python environment ${environment.name} could not be made. The interop tests that need it are skipped: ` +
      "install Python 3.11 or later with venv (Debian and Ubuntu: apt-get install python3-venv) and run again.",
  );
}
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const config = join("test", "interop", "vitest.config.ts");
process.exitCode = run(process.execPath, [vitest, "run", "--config", config, ...process.argv.slice(2)]);
