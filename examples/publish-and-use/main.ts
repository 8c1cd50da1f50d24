// A function becomes a package, gets a second version, and a program keeps the one that it has locked.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serveHub } from "@smoltools/hub/server";
import { Tool } from "smoltools";

// A hub of our own. Without `hubUrl` and `token`, everything below would go to the Hugging Face Hub.
const folder = await mkdtemp(join(tmpdir(), "smoltools-example-"));
const token = "hf_only_for_this_example";
await using hub = await serveHub({ root: join(folder, "hub"), tokens: [{ token, user: "me", role: "write" }] });
const options = { hubUrl: hub.url, token, cacheDir: join(folder, "cache") };

/** What one would type at a terminal: `smoltools push …`. */
async function smoltools(...args: string[]): Promise<string> {
  const cli = fileURLToPath(import.meta.resolve("@smoltools/cli/bin"));
  const env = { ...process.env, HF_ENDPOINT: hub.url, HF_TOKEN: token, HF_HOME: join(folder, "home") };
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { cwd: import.meta.dirname, env });
  return stdout.trim().split("\n").at(-1) ?? "";
}

try {
  console.log("Publish the function:");
  console.log(" ", await smoltools("push", "1.0/reading-time.ts", "me/reading-time", "--version", "1.0.0"));

  console.log("Use it, and lock what was chosen:");
  const text = "word ".repeat(1000);
  const lockFile = join(folder, "smoltools.lock");
  await using first = await Tool.fromHub("me/reading-time@^1.0", { ...options, lockFile });
  const entry = JSON.parse(await readFile(lockFile, "utf8")).packages["me/reading-time@^1.0"];
  console.log(`  1000 words take ${await first.call({ text })} minutes; locked: ${entry.version} ${entry.integrity}`);
  assert.equal(await first.call({ text }), 5);
  assert.equal(entry.version, "1.0.0");

  console.log("A new argument is no bug fix, so 1.0.1 is refused:");
  const source = "1.1/reading-time.ts";
  const refused = await smoltools("push", source, "me/reading-time", "--version", "1.0.1").catch(
    ({ stderr }: { stderr: string }) => stderr,
  );
  console.log(" ", refused.split("\n")[0]);
  assert.match(refused, /1\.1\.0/);
  console.log(" ", await smoltools("push", source, "me/reading-time", "--version", "1.1.0"));

  console.log("Who has locked 1.0.0 keeps it; who has not gets 1.1.0:");
  await using locked = await Tool.fromHub("me/reading-time@^1.0", { ...options, lockFile });
  await using newest = await Tool.fromHub("me/reading-time@^1.0", options);
  const minutes = await newest.call({ text, wordsPerMinute: 100 });
  console.log(`  ${locked.version}, ${newest.version}; at 100 words a minute: ${minutes} minutes`);
  assert.deepEqual([locked.version, newest.version], ["1.0.0", "1.1.0"]);
  assert.equal(minutes, 10);

  console.log("A wrong argument never reaches the function:");
  const error = await newest.call({ text, wordsPerMinute: 0 }).catch(({ message }: Error) => message);
  console.log(" ", String(error).split("\n").at(1));
  assert.match(String(error), /wordsPerMinute/);
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log("Checked.");
