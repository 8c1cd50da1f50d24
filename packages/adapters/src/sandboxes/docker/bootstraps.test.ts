import { Buffer } from "node:buffer";
import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, describe, expect, test } from "vitest";
import { nodeBootstrap } from "./node-bootstrap.ts";
import { pythonBootstrap } from "./python-bootstrap.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const stdio: StdioOptions = ["pipe", "pipe", "inherit"];
const main = "inner/main.mjs";

function commandOf(runtime: "node" | "python", folder: string, bytes: number): [program: string, args: string[]] {
  const program = join(folder, main);
  if (runtime === "python") {
    return ["python3", ["-I", "-c", pythonBootstrap({ folder, bytes, command: ["-I", program] })]];
  }
  const bootstrap = encodeURIComponent(nodeBootstrap({ folder, bytes, blockedMs: 500 }));
  return [process.execPath, [`--import=data:text/javascript,${bootstrap}`, program]];
}

/** Starts a program of one file as a container does, and sends it that file. */
function start(runtime: "node" | "python", text: string): ChildProcess & { output: string } {
  const folder = mkdtempSync(join(tmpdir(), "smoltools-guest-"));
  folders.push(folder);
  const files = Buffer.from(JSON.stringify({ [main]: text }));
  const child = Object.assign(spawn(...commandOf(runtime, folder, files.length), { stdio }), { output: "" });
  child.stdin?.on("error", () => undefined).write(files.subarray(0, 10));
  // In two portions, like what comes over a network.
  setImmediate(() => child.stdin?.write(Buffer.concat([files.subarray(10), Buffer.from("a message\n")])));
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    child.output += part;
  });
  return child;
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  const [code, signal] = await once(child, "exit");
  return signal ?? code;
}

const reading = {
  node: `process.stdin.once("data", (data) => process.stdout.write("got " + data)); setInterval(() => {}, 1000);`,
  python: `import sys, time\nsys.stdout.write("got " + sys.stdin.readline())\nsys.stdout.flush()\ntime.sleep(600)`,
};
const busy = {
  node: `process.stdout.write("busy\\n"); setTimeout(() => { for (;;); }, 10);`,
  python: `import re\nprint("busy", flush=True)\nre.match("(a*)*b", "a" * 60)`,
};

describe.each(["node", "python"] as const)("the first program of %s", (runtime) => {
  test("starts the guest, which finds what comes after its files on its input", async () => {
    const child = start(runtime, reading[runtime]);
    await once(child.stdout ?? child, "data");
    expect(child.output).toBe("got a message\n");
    child.kill("SIGKILL");
    child.stdin?.end();
  });

  test("ends the guest with its input", async () => {
    const child = start(runtime, reading[runtime]);
    await once(child.stdout ?? child, "data");
    child.stdin?.end();
    expect(await exitOf(child)).toBe(runtime === "node" ? 0 : "SIGKILL");
  });

  test("ends when its input does before the files are there", async () => {
    const child = spawn(...commandOf(runtime, "/nowhere", 100), { stdio: ["pipe", "ignore", "inherit"] });
    child.stdin?.end("too short");
    expect(await exitOf(child)).toBe(1);
  });
});

test("a guest of Node that never comes back to its event loop is ended, input or not", async () => {
  expect(await exitOf(start("node", busy.node))).toBe("SIGKILL");
});

test("a guest of Python that never lets go of the interpreter is ended with its input", async () => {
  const child = start("python", busy.python);
  await once(child.stdout ?? child, "data");
  child.stdin?.end();
  expect(await exitOf(child)).toBe("SIGKILL");
});

test("threads and processes that a guest of Node starts do not wait for files", async () => {
  const text = `import { fork } from "node:child_process";
    import { Worker } from "node:worker_threads";
    if (process.argv[2] === "forked") process.exit(5);
    const worker = new Worker("process.exit(4)", { eval: true });
    const [thread] = await new Promise((done) => worker.on("exit", (...all) => done(all)));
    const child = fork(process.argv[1], ["forked"]);
    const [code] = await new Promise((done) => child.on("exit", (...all) => done(all)));
    process.stdout.write(JSON.stringify([thread, code]));
    process.exit(0);`;
  const child = start("node", text);
  expect(await exitOf(child)).toBe(0);
  expect(child.output).toBe("[4,5]");
});
