import { spawnSync } from "node:child_process";
import { beforeEach } from "vitest";
import { pythonHint } from "./python-sandbox.ts";

/** Skips the tests of the file, saying what to install, where there is no Python. */
export function needsPython(): void {
  const missing = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status !== 0;
  beforeEach(({ skip }) => skip(missing, pythonHint));
}
