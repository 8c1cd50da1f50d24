import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../docs/api-reference/", import.meta.url));
const typedoc = fileURLToPath(new URL("node_modules/typedoc/bin/typedoc", `file://${folder}`));

it("everything that a package exports is documented, and its links lead somewhere", async () => {
  const run = promisify(execFile)(process.execPath, [typedoc, "--emit", "none"], { cwd: folder });
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  expect(stdout + stderr).not.toMatch(/warning|error/i);
}, 120_000);
