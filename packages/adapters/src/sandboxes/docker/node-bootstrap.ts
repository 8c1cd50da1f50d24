/** How often the watch of the event loop looks. */
const lookMs = 1000;

/** How to take a guest's files, and how long to wait for its host. */
export interface NodeBootstrap {
  /** Where the files are put. */
  folder: string;
  /** Length of the files, as they come on standard input. */
  bytes: number;
  /** For how long the event loop may stand still. */
  blockedMs: number;
}

/**
 * The first module that Node runs in a container: it takes the guest's files from standard input, and sees to it that
 * the container does not outlive its host.
 *
 * When the host is gone, standard input ends, and with it the process. Code that never comes back to the event loop
 * does not notice: for that, a thread watches whether the loop turns. The host ends code that keeps it busy for longer
 * than a run may take, so when nobody has, there is no host.
 *
 * It is the text of a module, for `--import` with a `data:` URL: there is nothing in the container that it could be a
 * file of. Threads and processes that the code starts must not run it again.
 */
export function nodeBootstrap({ folder, bytes, blockedMs }: NodeBootstrap): string {
  return `import { mkdirSync, readSync, writeFileSync } from "node:fs";
import * as modules from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { isMainThread, Worker } from "node:worker_threads";
if (isMainThread) {
  process.execArgv.length = 0;
  const exit = process.exit.bind(process);
  if (!modules.registerHooks) {
    console.error(\`the image has Node \${process.version}, but the sandbox needs 22.15 or later: choose another image\`);
    exit(1);
  }
  const turns = new Int32Array(new SharedArrayBuffer(4));
  const files = Buffer.alloc(${bytes});
  for (let offset = 0; offset < files.length; ) {
    try {
      const bytes = readSync(0, files, { offset });
      if (bytes === 0) exit(1);
      offset += bytes;
    } catch (error) {
      // Where reading does not wait, the rest is on its way.
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(turns, 0, 0, 1);
    }
  }
  for (const [path, text] of Object.entries(JSON.parse(files))) {
    const file = join(${JSON.stringify(folder)}, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  process.stdin.on("end", () => exit(0));
  setInterval(() => Atomics.add(turns, 0, 1), ${lookMs / 2}).unref();
  const watch = new Worker(${JSON.stringify(loopWatch)}, {
    eval: true,
    workerData: { turns, lookMs: ${lookMs}, blockedLooks: ${Math.ceil(blockedMs / lookMs) + 1} },
    name: "watch",
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1, codeRangeSizeMb: 8 },
  });
  watch.on("error", () => undefined);
  watch.unref();
}
`;
}

// A count of looks, not a time: a container that was paused has not been busy.
const loopWatch = `const { workerData } = require("node:worker_threads");
const { turns, lookMs, blockedLooks } = workerData;
let seen = -1;
let looks = 0;
setInterval(() => {
  const now = Atomics.load(turns, 0);
  looks = now === seen ? looks + 1 : 0;
  seen = now;
  if (looks >= blockedLooks) process.kill(process.pid, "SIGKILL");
}, lookMs);
`;
