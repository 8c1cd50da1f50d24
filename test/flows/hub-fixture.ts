import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quickjs } from "@smoltools/adapters/sandboxes/quickjs";
import {
  HubClient,
  type LoadOptions,
  type LockData,
  type PackedPackage,
  packPackage,
  type PackInput,
  pushPackage,
} from "@smoltools/hub";
import { serveHub } from "@smoltools/hub/server";

/** One sandbox provider for all tests of a file: its warm workers are shared. */
export const sandbox = quickjs();

export const writeToken = "hf_writer";
export const readToken = "hf_reader";

/** A real hub in a temporary folder, with a cache folder beside it. */
export async function testHub() {
  const folder = await mkdtemp(join(tmpdir(), "smoltools-test-"));
  const server = await serveHub({
    root: join(folder, "hub"),
    tokens: [
      { token: writeToken, user: "acme", role: "write" },
      { token: readToken, user: "guest", role: "read" },
    ],
  });
  let caches = 0;
  const options = (more: Partial<LoadOptions> = {}): LoadOptions => ({
    hubUrl: server.url,
    sandbox,
    cacheDir: join(folder, "cache"),
    retries: 0,
    ...more,
  });
  const client = (token: string | undefined = writeToken) =>
    new HubClient({ hubUrl: server.url, retries: 0, ...(token !== undefined && { token }) });
  return {
    folder,
    server,
    client,
    /** Publishes a package of one tool under a name of its own. */
    async publish(name: string, body: string, more: Partial<PackInput> = {}) {
      const packed = packageOf(body, { name: `acme/${name}`, ...more });
      return { packed, pushed: await pushPackage(client(), packed) };
    },
    options,
    /** Options with an empty cache of their own. */
    coldOptions: (more: Partial<LoadOptions> = {}) => options({ cacheDir: join(folder, `cold-${caches++}`), ...more }),
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Changes a lock file as a person with an editor would. */
export async function editLock(path: string, edit: (data: LockData) => void): Promise<void> {
  const data = JSON.parse(await readFile(path, "utf8")) as LockData;
  edit(data);
  await writeFile(path, JSON.stringify(data, null, 2));
}

/** Fetch that notes the addresses that it is asked for. */
export function countingFetch(): { urls: string[]; fetch: typeof globalThis.fetch } {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    urls.push(String(input instanceof Request ? input.url : input));
    return globalThis.fetch(input, init);
  };
  return { urls, fetch };
}

/** A package of one tool, `act`, with this code as its body. The input is in `input`. */
export function packageOf(body: string, more: Partial<PackInput> = {}): PackedPackage {
  return packPackage({
    name: "acme/act",
    version: "1.0.0",
    description: "Acts.",
    tools: [
      {
        name: "act",
        description: "Acts.",
        inputSchema: { type: "object", properties: { n: { type: "number" } }, additionalProperties: false },
      },
    ],
    runtime: "js",
    code: `export const tools = { act: async (input) => { ${body} } };\n`,
    sources: { "act.ts": `${body}\n` },
    ...more,
  });
}
