import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Snippet } from "./guide-page.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const runner = join(here, "run-snippets.ts");
const typescript = fileURLToPath(new URL("../../node_modules/.bin/tsc", import.meta.url));
/** Far more than a snippet takes on a busy machine, in milliseconds. */
const timeoutMs = 240_000;

/** What a series of snippets printed. */
export interface Printed {
  /** For each snippet that began, in order. */
  readonly outputs: readonly string[];
  /** Why the process did not come to its end; empty when it did. */
  readonly failure: string;
}

/**
 * Snippets as files, where the packages of the workspace are found: in a folder of its own below this one, which git
 * ignores and which is removed with it.
 */
export class SnippetFolder implements AsyncDisposable {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** @param globals - Declarations of what the snippets use and do not make themselves. */
  static async create(snippets: readonly Snippet[], globals = ""): Promise<SnippetFolder> {
    const folder = new SnippetFolder(await mkdtemp(join(here, ".snippets-")));
    const files = [...snippets.map(fileName), "globals.d.ts"];
    const settings = { extends: "../../../tsconfig.check.json", files, include: [] };
    await folder.#write(".gitignore", "*\n");
    await folder.#write("globals.d.ts", globals);
    await folder.#write("tsconfig.json", JSON.stringify(settings));
    await Promise.all(snippets.map((snippet) => folder.#write(fileName(snippet), source(snippet))));
    return folder;
  }

  /** Runs snippets one after another in a process that knows no keys and no models of this machine. */
  async run(snippets: readonly Snippet[]): Promise<Printed> {
    const { ok, stdout, stderr } = await this.#execute(process.execPath, [
      "--conditions=@smoltools/source",
      runner,
      ...snippets.map((snippet) => join(this.#path, fileName(snippet))),
    ]);
    return { outputs: stdout.split("\0").slice(1), failure: ok ? "" : stderr };
  }

  /** Type errors in the snippets, as the compiler prints them. Errors in the packages are the linter's matter. */
  async typeErrors(): Promise<string[]> {
    const { stdout, stderr, ok } = await this.#execute(typescript, ["--pretty", "false", "-p", "."]);
    const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
    const elsewhere = lines.some((line) => line.startsWith("../"));
    const here = lines.filter((line) => /^(?:[\w-]+\.md\.\d+|globals\.d)\.ts\(/.test(line));
    return ok || elsewhere || here.length > 0 ? here : lines;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#path, { recursive: true, force: true });
  }

  #write(name: string, text: string): Promise<void> {
    return writeFile(join(this.#path, name), text);
  }

  #execute(file: string, args: readonly string[]): Promise<{ ok: boolean; stdout: string; stderr: string }> {
    const options = { cwd: this.#path, env: { PATH: process.env["PATH"] }, timeout: timeoutMs };
    return new Promise((resolve) => {
      execFile(file, args, options, (error, stdout, stderr) => {
        const late = error?.killed ? `It took longer than ${timeoutMs} ms.\n` : "";
        resolve({ ok: error === null, stdout, stderr: late + stderr });
      });
    });
  }
}

function fileName({ page, line }: Snippet): string {
  return `${page}.${line}.ts`;
}

/** With empty lines before it, so that errors name the line of the page. */
function source({ line, text }: Snippet): string {
  return "\n".repeat(line - 1) + text;
}
