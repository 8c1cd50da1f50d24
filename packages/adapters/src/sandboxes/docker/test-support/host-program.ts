// A program that makes a sandbox, runs code in it and tells so; then it ends, or waits to be killed.
// usage: node host-program.ts <language> <wait|leave> <code>
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { docker } from "../index.ts";
import { image } from "./needs-docker.ts";

const [language, what, code = ""] = process.argv.slice(2);
const provider = docker({ image, language: language === "python" ? "python" : "javascript" });
const sandbox = await provider.create({ limits: { timeoutMs: 1000 }, functions: { started } });
const run = sandbox.run(code, { timeoutMs: 1000 });
if (what === "leave") {
  await run;
  started();
}

function started(): void {
  process.stdout.write("started\n");
  // What kills this process comes before anything ends the run.
  if (what === "wait") void sleep(60_000);
}
