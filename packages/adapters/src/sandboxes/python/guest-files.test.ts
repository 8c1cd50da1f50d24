import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { HostFunction } from "@smoltools/core";
import { afterAll, expect, test } from "vitest";
import { ChannelEngine } from "../channel/channel-engine.ts";
import { ChildChannel } from "../channel/child-channel.ts";
import { pythonGuestFiles, pythonGuestFolder, pythonGuestStart } from "./guest-files.ts";
import { needsPython } from "./test-support/needs-python.ts";
import { pythonLanguage } from "./python-language.ts";
import { pythonProvider } from "./python-provider.ts";

needsPython();

const folder = mkdtempSync(join(tmpdir(), "smoltools-guest-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A guest in a plain process that has nothing but copies of its files, and its host at standard input and output. */
const copied = pythonProvider({
  name: "python-copied",
  language: "python",
  memory: { least: 1, most: 2 ** 40, reason: "this test" },
  open: (setup) => {
    for (const [path, source] of pythonGuestFiles()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    const child = spawn("python3", ["-I", "-S", "-B", join(folder, pythonGuestStart), "--stdio"]);
    const channel = new ChildChannel(child, {
      incoming: child.stdout,
      outgoing: child.stdin,
      maxMessageBytes: 2 ** 20,
    });
    return ChannelEngine.create(channel, { sandbox: "python-copied", language: pythonLanguage, setup });
  },
});

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const functions: Record<string, HostFunction> = {
  echo: (args) => args,
  wait: ([ms], call) => call.untimed(sleep(Number(ms))),
  untimedForever: (_, call) => call.untimed(new Promise(() => {})),
};

test("the folder is that of the package's sources", () => {
  expect(existsSync(join(pythonGuestFolder, pythonGuestStart))).toBe(true);
});

test("a copy of the files is a guest, over standard input and output", async () => {
  await using sandbox = await copied.create({ functions });
  const result = await sandbox.run(
    "import os\nprint('a')\nos.write(1, b'no message\\n')\n[echo(b'b')[0] == b'b', input.__name__]",
  );
  expect(result).toMatchObject({ value: [true, "input"], output: "a" });
});

test("a guest that waits says so, so that untimed work is not counted", async () => {
  await using sandbox = await copied.create({ functions });
  expect(await sandbox.run("wait(600)\n'done'", { timeoutMs: 300 })).toMatchObject({ value: "done", stateLost: false });
});

test("a guest that is at work during untimed work does not say that it waits", async () => {
  await using sandbox = await copied.create({ functions });
  const code = "import threading\nthreading.Thread(target=untimedForever, daemon=True).start()\nwhile True: pass";
  expect((await sandbox.run(code, { timeoutMs: 300 })).error?.code).toBe("SANDBOX_TIMEOUT");
});
