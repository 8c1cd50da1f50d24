import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HubClient } from "@smoltools/hub";
import { type HubServer, serveHub } from "@smoltools/hub/server";
import { PythonHubClient } from "./python-hub-client.ts";
import { benchPython } from "./python-executors.ts";

/** The token of the benchmarks' user. */
export const token = "hf_bench";

/** A hub on this machine, with the clients that are measured. */
export interface HubFixture extends AsyncDisposable {
  folder: string;
  server: HubServer;
  client: HubClient;
  /** Absent where no Python with smolagents is installed. */
  python: PythonHubClient | undefined;
}

/** Starts a hub in an empty folder. */
export async function startHub(): Promise<HubFixture> {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-bench-"));
  const server = await serveHub({
    root: join(folder, "hub"),
    tokens: [{ token, user: "bench", role: "write" }],
  });
  const executable = benchPython();
  const python = executable === undefined ? undefined : new PythonHubClient(executable, server.url, token);
  return {
    folder,
    server,
    client: new HubClient({ hubUrl: server.url, token }),
    python,
    async [Symbol.asyncDispose]() {
      python?.[Symbol.dispose]();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs with `console.debug` silent: the official JavaScript client prints a line for each file. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { debug } = console;
  console.debug = () => {};
  try {
    return await work();
  } finally {
    console.debug = debug;
  }
}
