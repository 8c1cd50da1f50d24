import { Buffer } from "node:buffer";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import process from "node:process";

/** The Node that runs the tests comes first: machines have one that is new enough. */
const path = [dirname(process.execPath), process.env.PATH].join(delimiter);

/** What a fake provider gives out as a machine: real processes and files, on this machine. */
export class LocalMachine {
  readonly #folders = new Set<string>();
  readonly #programs = new Map<string, ChildProcessWithoutNullStreams>();
  #alive = true;

  get alive(): boolean {
    return this.#alive;
  }

  /** Writes a file below a folder that is the guest's own. */
  async writeFile(file: string, bytes: Uint8Array): Promise<void> {
    const folder = /^\/tmp\/smoltools-[\w-]+/.exec(resolve(file))?.[0];
    if (folder === undefined) throw new Error(`unexpected path ${file}`);
    const real = join(tmpdir(), resolve(file).slice("/tmp/".length));
    if (real !== resolve(file)) throw new Error("the tests need /tmp as the folder for temporary files");
    this.#folders.add(folder);
    await mkdir(dirname(real), { recursive: true });
    await writeFile(real, bytes);
  }

  /** Starts a program in a process group of its own. */
  start(command: readonly string[]): { id: string; program: ChildProcessWithoutNullStreams } {
    const [file = "", ...args] = command;
    const program = spawn(file, args, { env: { PATH: path, PROVIDER: "fake" }, cwd: tmpdir(), detached: true });
    program.stdin.on("error", () => undefined);
    const id = String(program.pid);
    this.#programs.set(id, program);
    return { id, program };
  }

  program(id: string): ChildProcessWithoutNullStreams | undefined {
    return this.#programs.get(id);
  }

  /** Writes to a program's standard input. */
  async write(id: string, bytes: Uint8Array): Promise<void> {
    const stdin = this.#programs.get(id)?.stdin;
    if (!stdin?.writable) throw new Error(`there is no program ${id}`);
    await new Promise<void>((done) => {
      stdin.write(Buffer.from(bytes), () => done());
    });
  }

  /** Ends all that runs, as when a machine is switched off. */
  async end(): Promise<void> {
    this.#alive = false;
    for (const program of this.#programs.values()) {
      if (program.exitCode !== null || program.signalCode !== null) continue;
      const closed = new Promise((done) => {
        program.once("close", done);
      });
      try {
        process.kill(-Number(program.pid), "SIGKILL");
      } catch {
        // Its group has ended already.
      }
      await closed;
    }
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}
