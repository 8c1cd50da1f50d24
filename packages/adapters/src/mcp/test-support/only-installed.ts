import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const adapters = fileURLToPath(new URL("../../../", import.meta.url));

/** A copy of this adapter beside which only some of its optional libraries are installed. */
export class OnlyInstalled implements Disposable {
  readonly folder: string;

  constructor(packages: readonly string[]) {
    this.folder = mkdtempSync(join(tmpdir(), "smoltools-mcp-"));
    for (const name of ["mcp", "shared", "sandboxes/channel"]) {
      cpSync(join(adapters, "src", name), join(this.folder, "src", name), { recursive: true });
    }
    writeFileSync(join(this.folder, "package.json"), '{ "type": "module" }');
    this.#link("@smoltools/core", join(adapters, "../core"));
    for (const name of packages) this.#link(name, realpathSync(join(adapters, "node_modules", name)));
  }

  /**
   * Runs a program in the copy.
   *
   * @param script - Its imports are relative to the folder of the copy.
   * @returns What it printed, as JSON.
   */
  async run(script: string): Promise<unknown> {
    const args = ["--conditions=@smoltools/source", "--input-type=module-typescript", "-e", script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: this.folder, timeout: 60_000 });
    return JSON.parse(stdout) as unknown;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #link(name: string, target: string): void {
    const path = join(this.folder, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }
}
