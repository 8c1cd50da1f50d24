import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";

/** A copy of the adapter where no TypeScript is installed, or the one that is given. */
function install(typescript?: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-type-check-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const source = fileURLToPath(new URL("..", import.meta.url));
  for (const name of ["shared", "type-check"]) {
    cpSync(join(source, name), join(folder, "src", name), { recursive: true });
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  mkdirSync(join(folder, "node_modules/@smoltools"), { recursive: true });
  symlinkSync(join(source, "../../core"), join(folder, "node_modules/@smoltools/core"));
  if (typescript) {
    mkdirSync(join(folder, "node_modules/typescript"));
    writeFileSync(join(folder, "node_modules/typescript/package.json"), JSON.stringify(typescript));
  }
  return folder;
}

/** What `open` throws in that folder. */
function errorOfOpen(folder: string): { code: string; message: string; data: unknown } {
  const script = `
    const { typeCheck } = await import("./src/type-check/index.ts");
    try {
      await typeCheck().open({ declarations: "", variables: {} });
    } catch ({ code, message, data }) {
      console.log(JSON.stringify({ code, message, data }));
    }`;
  const args = ["--conditions=@smoltools/source", "--input-type=module", "-e", script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", timeout: 15_000 });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as ReturnType<typeof errorOfOpen>;
}

describe("opening a conversation", () => {
  test("without typescript throws an error that says what to install", () => {
    expect(errorOfOpen(install())).toEqual({
      code: "ADAPTER_PEER_MISSING",
      message: 'typeCheck needs the package typescript. Install it: npm install "typescript@>=7.0.0 <8"',
      data: { packageName: "typescript" },
    });
  });

  test("with another version of typescript throws an error that says so", () => {
    const error = errorOfOpen(install({ name: "typescript", version: "6.0.3", exports: { ".": "./index.js" } }));
    expect(error.code).toBe("ADAPTER_PEER_BROKEN");
    expect(error.message).toContain("typescript");
  });
});
