import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ConvertOptions } from "../convert-options.ts";
import type { ModuleQuestion, ModuleReport } from "./module-report.ts";

/** Most of what the process says on its way out that an error repeats, in characters. */
const maxSaid = 2000;

/**
 * Loads a module in a process of its own, and asks what its tools declare.
 *
 * @returns `failed` also when the process ends without an answer.
 */
export async function askModule(
  question: ModuleQuestion,
  { signal, environment }: Pick<ConvertOptions, "signal" | "environment">,
): Promise<ModuleReport> {
  const compiled = fileURLToPath(new URL("./load-module.js", import.meta.url));
  const isBuilt = existsSync(compiled);
  const child = fork(isBuilt ? compiled : fileURLToPath(new URL("./load-module.ts", import.meta.url)), {
    env: { ...environment },
    // What it prints is nobody's result here; what it complains of may be the reason why there is none.
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: isBuilt ? [] : ["--conditions=@smoltools/source"],
    signal,
    killSignal: "SIGKILL",
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-maxSaid);
  });
  try {
    const answer = await new Promise<ModuleReport>((resolve, reject) => {
      child.once("message", (report) => resolve(report as ModuleReport));
      // It comes again when the process is gone before it was asked.
      child.on("error", reject);
      child.once("close", (code) => {
        resolve({
          kind: "failed",
          message: `its process ended with ${code ?? "a signal"}${said && `:\n${said.trim()}`}`,
        });
      });
      child.send(question);
    });
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    child.kill("SIGKILL");
  }
}
