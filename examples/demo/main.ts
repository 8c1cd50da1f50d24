// The main job in one run, offline: a hub, three tools published, one of them twice, an agent that uses them.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const cli = fileURLToPath(import.meta.resolve("@smoltools/cli/bin"));
const startedAt = Date.now();
const folder = await mkdtemp(join(tmpdir(), "smoltools-demo-"));

try {
  stage("A hub of our own, on a free port, in a temporary folder");
  await using hub = await startHub();
  console.log(`  ${hub.url}`);
  const env = {
    ...process.env,
    HF_ENDPOINT: hub.url,
    HF_TOKEN: hub.token,
    HF_HOME: join(folder, "cache"),
    ...(process.env["HF_TOKEN"] && { DEMO_HF_TOKEN: process.env["HF_TOKEN"] }),
    ...(process.env["HF_ENDPOINT"] && { DEMO_HF_ENDPOINT: process.env["HF_ENDPOINT"] }),
  };

  stage("Three TypeScript functions become packages");
  const options = ["--license", "apache-2.0", "--version"];
  await smoltools(env, "push", "tools/csv/1.0/parse-csv.ts", "demo/csv", ...options, "1.0.0");
  await smoltools(env, "push", "tools/periods/sum-by-period.ts", "demo/periods", ...options, "1.0.0");
  await smoltools(env, "push", "tools/markdown/markdown-to-html.ts", "demo/markdown", ...options, "1.0.0");

  stage("One of them gets a new version");
  await smoltools(env, "push", "tools/csv/1.1/parse-csv.ts", "demo/csv", ...options, "1.1.0");

  stage("Their versions are locked by range");
  const lockFile = join(folder, "smoltools.lock");
  await smoltools(env, "pull", "demo/csv@^1.0", "demo/periods@^1.0", "demo/markdown@^1.0", "--lock-file", lockFile);

  stage("A new process loads them through the lock file, and an agent answers a question with them");
  await run(process.execPath, [join(here, "demo/agent.ts"), lockFile], { ...env, HF_TOKEN: "" });
  console.log(`\nDone in ${((Date.now() - startedAt) / 1000).toFixed(1)} s; nothing is left running or on disk.`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function stage(title: string): void {
  console.log(`\n${title}`);
}

/** Runs a command of smoltools and shows its last line, or everything when it fails. */
async function smoltools(env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  console.log(`  $ smoltools ${args.filter((arg) => !arg.startsWith(folder) && arg !== "--lock-file").join(" ")}`);
  const output = await run(process.execPath, [cli, ...args], env, true);
  for (const line of output.trim().split("\n")) {
    if (/^(?:published|pulled|permissions|locked)/.test(line)) console.log(`    ${line}`.replace(folder, "…"));
  }
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv, quiet = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: here, env, stdio: ["ignore", quiet ? "pipe" : "inherit", "inherit"] });
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${args.slice(1).join(" ")} ended with ${code}\n${output}`));
    });
  });
}

/** Starts `smoltools serve` and waits until it says where it listens. */
async function startHub(): Promise<{ url: string; token: string } & AsyncDisposable> {
  const args = [cli, "serve", "--root", join(folder, "hub"), "--port", "0", "--user", "demo", "--json"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const { url, token } = await new Promise<{ url: string; token: string }>((resolve, reject) => {
    let output = "";
    child.once("exit", (code) => reject(new Error(`the hub ended with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      try {
        resolve(JSON.parse(output) as { url: string; token: string });
      } catch {
        // The rest is still to come.
      }
    });
  });
  return {
    url,
    token,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
