// A hub for the examples whose story is not the hub: in this process, in a temporary folder, gone afterwards.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serveHub } from "@smoltools/hub/server";

const run = promisify(execFile);
const cli = fileURLToPath(import.meta.resolve("@smoltools/cli/bin"));

/** A hub that the environment names, as one of a company or the Hugging Face Hub would be. */
interface LocalHub extends AsyncDisposable {
  readonly url: string;
  /** A folder for lock files and whatever else the story needs; removed at the end. */
  readonly folder: string;
  /** Runs a command as if it were typed in the folder of the examples. Gives what it printed. */
  smoltools(...args: string[]): Promise<string>;
}

/**
 * Starts a hub, and sets `HF_ENDPOINT`, `HF_TOKEN` and `HF_HOME` of this process to it. A story that wants a language
 * model by the user's own `HF_TOKEN` makes it before.
 */
export async function localHub(user = "demo"): Promise<LocalHub> {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-example-"));
  const token = "hf_only_for_this_example";
  const server = await serveHub({ root: join(folder, "hub"), tokens: [{ token, user, role: "write" }] });
  Object.assign(process.env, { HF_ENDPOINT: server.url, HF_TOKEN: token, HF_HOME: join(folder, "home") });
  return {
    url: server.url,
    folder,
    smoltools: async (...args) => (await run(process.execPath, [cli, ...args], { cwd: import.meta.dirname })).stdout,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
