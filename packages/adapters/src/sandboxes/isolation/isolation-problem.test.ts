import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { isolationProblem, probeIsolation } from "./isolation-problem.ts";
import { findIsolationTools } from "./isolation-tools.ts";
import { needsIsolation } from "./test-support/needs-isolation.ts";

needsIsolation();

it("finds no problem where bubblewrap works, and looks only once", async () => {
  expect(await isolationProblem()).toBeUndefined();
  expect(probeIsolation()).toBe(probeIsolation());
});

it("says what bubblewrap says, and a remedy, where no namespaces can be made", async () => {
  // A machine where all is there but namespaces are forbidden, made with bubblewrap itself.
  const tools = await findIsolationTools();
  const bwrap = typeof tools === "string" ? "" : tools.bwrap;
  const module = fileURLToPath(new URL("isolation-problem.ts", import.meta.url));
  const program = `console.log(await (await import(${JSON.stringify(module)})).isolationProblem())`;
  const forbidden = ["--unshare-user", "--disable-userns", "--dev-bind", "/", "/"];
  const node = [process.execPath, "--conditions=@smoltools/source", "--input-type=module", "--eval", program];
  const { stdout } = spawnSync(bwrap, [...forbidden, "--", ...node], { encoding: "utf8" });
  expect(stdout).toMatch(/^bubblewrap cannot isolate programs on this machine \(it says: bwrap: .*\): \w+/);
});

it.each([
  ["bwrap", [], "bubblewrap (bwrap) is not installed: apt install bubblewrap, or dnf install bubblewrap, or "],
  ["prlimit", ["bwrap"], "prlimit is not installed: apt install util-linux, or dnf install util-linux, or "],
])("says how to install %s where it is missing", async (_, present, hint) => {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-isolation-"));
  try {
    for (const program of present) {
      writeFileSync(join(folder, program), "");
      chmodSync(join(folder, program), 0o755);
    }
    expect(await findIsolationTools([folder])).toContain(hint);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
