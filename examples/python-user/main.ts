// A tool that was written in TypeScript, in an agent of Python's smolagents: `load_tool`, and nothing else.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { localHub } from "../local-hub.ts";

// A Python in which smolagents is installed.
const python = process.env["SMOLTOOLS_PYTHON"] ?? "python3";

await using hub = await localHub();
console.log("From TypeScript:");
const pushed = await hub.smoltools("push", "python-user/check-isbn.ts", "demo/isbn", "--version", "1.0.0");
console.log(" ", pushed.trim().split("\n").at(-1));

console.log("From Python:");
const program = join(import.meta.dirname, "use_tool.py");
const { stdout, stderr } = await promisify(execFile)(python, [program]).catch((error: Error & { stderr?: string }) => {
  const hint =
    "Set SMOLTOOLS_PYTHON to a Python with smolagents: `python3 -m venv .venv && .venv/bin/pip install smolagents`";
  throw new Error(`${python} could not run use_tool.py. ${hint}\n${error.stderr ?? error.message}`);
});
for (const line of stderr.trim().split("\n")) console.log(" ", line);
console.log(" ", stdout.trim());

assert.deepEqual(JSON.parse(stdout), [
  { valid: true, digits: "9783161484100" },
  { valid: false, digits: "9783161484101" },
]);
console.log("Checked: Python got what the TypeScript function gives.");
