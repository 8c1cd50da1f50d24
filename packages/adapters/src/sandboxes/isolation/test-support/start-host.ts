import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("host.ts", import.meta.url));

/** A host in a process of its own, with a guest. */
export interface TestHost extends Disposable {
  process: ChildProcess;
  /** The next line of the guest, parsed. */
  next(): Promise<unknown>;
}

/** Starts a host with a guest. It inherits the given descriptors under their numbers here. */
export function startHost(
  language: "node" | "python",
  source: string,
  inherited: Record<number, number> = {},
): TestHost {
  const length = Math.max(2, ...Object.keys(inherited).map(Number)) + 1;
  const stdio: StdioOptions = Array.from({ length }, (_, number) => inherited[number] ?? "ignore");
  stdio[1] = "pipe";
  stdio[2] = "inherit";
  const conditions = "--conditions=@smoltools/source";
  const child = spawn(process.execPath, [conditions, "--no-warnings", program, language, source], { stdio });
  if (!child.stdout) throw new TypeError("The host has no output.");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    next: async () => {
      const line = await lines.next();
      return line.done === true ? undefined : (JSON.parse(line.value) as unknown);
    },
    [Symbol.dispose]: () => void child.kill("SIGKILL"),
  };
}

/** Kills a host, without a chance for it to end its guests. */
export async function killHost(host: TestHost): Promise<void> {
  host.process.kill("SIGKILL");
  await once(host.process, "exit");
}

/** All processes that descend from one, told by the kernel. */
export function descendants(pid: number | undefined): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").match(/\d+/g)?.map(Number) ?? [];
  return children.concat(children.flatMap(descendants));
}
