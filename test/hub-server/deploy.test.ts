import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const folder = new URL("../../deploy/", import.meta.url);

/** Without the hint, a machine that lacks it would look as if it was checked. */
const lacksSystemd = (() => {
  try {
    execFileSync("systemd-analyze", ["--version"], { stdio: "ignore" });
    return false;
  } catch {
    return true;
  }
})();

test.skipIf(lacksSystemd)("the unit is one that systemd takes (else: apt-get install systemd)", async () => {
  const unit = fileURLToPath(new URL("smoltools-hub.service", folder));
  const { stderr } = await promisify(execFile)("systemd-analyze", ["verify", unit]);
  expect(stderr).toBe("");
});

test("the unit and the container call the command with options that it has", () => {
  const help = readFileSync(new URL("../../docs/cli-reference.md", import.meta.url), "utf8");
  const serve = /^### smoltools serve$([^]*?)^### /m.exec(help)?.[1] ?? "";
  const unit = /smoltools serve (.*)/.exec(readFileSync(new URL("smoltools-hub.service", folder), "utf8"))?.[1] ?? "";
  const container = /^CMD (.*)$/m.exec(readFileSync(new URL("Containerfile", folder), "utf8"))?.[1] ?? "";
  const options = [...`${unit} ${container}`.matchAll(/--[a-z-]+/g)].map(([option]) => option);
  expect(options.length).toBeGreaterThan(3);
  expect(options.filter((option) => !new RegExp(`\`${option}[ \`]`).test(serve))).toEqual([]);
});
