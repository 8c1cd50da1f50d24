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
  expect(await probeIsolation()).toBe(await probeIsolation());
});

/** What a program prints on a machine where all is there but namespaces are forbidden, made with bubblewrap itself. */
async function printedWithoutNamespaces(program: string): Promise<string> {
  const tools = await findIsolationTools();
  const bwrap = typeof tools === "string" ? "" : tools.bwrap;
  const module = JSON.stringify(fileURLToPath(new URL("isolation-problem.ts", import.meta.url)));
  const source = `const { isolationProblem, probeIsolation } = await import(${module}); ${program}`;
  const forbidden = ["--unshare-user", "--disable-userns", "--dev-bind", "/", "/"];
  const node = [process.execPath, "--conditions=@smoltools/source", "--input-type=module", "--eval", source];
  return spawnSync(bwrap, [...forbidden, "--", ...node], { encoding: "utf8" }).stdout;
}

it("says what bubblewrap says, and a remedy, where no namespaces can be made", async () => {
  const printed = await printedWithoutNamespaces("console.log(await isolationProblem())");
  expect(printed).toMatch(/^bubblewrap cannot isolate programs on this machine \(it says: bwrap: .*\): \w+/);
});

it("looks again after a problem", async () => {
  const program = "console.log((await probeIsolation()) === (await probeIsolation()))";
  expect(await printedWithoutNamespaces(program)).toBe("false\n");
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
