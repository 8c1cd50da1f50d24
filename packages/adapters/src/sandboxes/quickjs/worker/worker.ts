// The entry of the worker thread. It holds one engine at a time; the guest's code never runs outside of it.
import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import type { FromWorker, ToWorker, WorkerData } from "../protocol.ts";
import { Engine } from "./engine.ts";
import { readGuestSources } from "./guest-sources.ts";

// Nothing is ever printed from here. Captured output that nobody reads would also keep the process alive.
for (const stream of [process.stdout, process.stderr]) stream.write = () => true;

const { wasmModule } = workerData as WorkerData;
const sources = readGuestSources();
let engine: Engine | undefined;

function send(message: FromWorker): void {
  parentPort?.postMessage(message, []);
}

async function receive(message: ToWorker): Promise<void> {
  switch (message.type) {
    case "create":
      try {
        engine = await Engine.create(wasmModule, sources, message.setup, send);
        send({ type: "created" });
      } catch (error) {
        send({ type: "failed", message: error instanceof Error ? error.message : String(error) });
      }
      break;
    case "run":
      if (engine)
        send({ type: "ended", outcome: await engine.run(message.code, message.variables, message.timeoutMs) });
      break;
    case "settle":
      engine?.settle(message.answers);
      break;
    case "untimed":
      engine?.setUntimed(message.inProgress);
      break;
    case "stop":
      engine?.look();
      break;
    case "dispose":
      engine = undefined;
      send({ type: "disposed" });
      break;
  }
}

parentPort?.on("message", (message: ToWorker) => void receive(message));
send({ type: "started" });
