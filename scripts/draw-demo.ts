// Runs the demo, and draws what it prints as docs/demo.svg.
// usage: pnpm build && node scripts/draw-demo.ts
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type PrintedLine, terminalSvg } from "./demo-picture/terminal-svg.ts";

const demo = fileURLToPath(new URL("../examples/demo/main.ts", import.meta.url));
const { OPENAI_BASE_URL: _url, OPENAI_API_KEY: _key, HF_TOKEN: _token, ...env } = process.env;
const startedAt = performance.now();
const child = spawn(process.execPath, [demo], { env, stdio: ["ignore", "pipe", "inherit"] });
const exited = once(child, "exit");
const lines: PrintedLine[] = [{ text: "$ npx -y pnpm@12 demo", atMs: 0 }];
for await (const text of createInterface({ input: child.stdout })) {
  lines.push({ text, atMs: performance.now() - startedAt });
}
await exited;
if (child.exitCode !== 0) throw new Error(`the demo ended with ${child.exitCode}`);
const title = "The demo of smoltools in a terminal: a hub, three tools, two versions, a lock file, an agent";
writeFileSync(new URL("../docs/demo.svg", import.meta.url), terminalSvg(lines, title));
