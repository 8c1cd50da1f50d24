// The entry of the worker thread. It holds one engine at a time; the guest's code never runs outside of it.
import { readlinkSync } from "node:fs";
import { basename } from "node:path";
import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import type { FromWorker, ToWorker, WorkerData } from "../protocol.ts";
import { EngineHolder } from "./engine-holder.ts";
import { readGuestSources } from "./guest-sources.ts";
import { bootMachine } from "./machine.ts";
import { MachineSource } from "./machine-source.ts";
import { rehearse } from "./rehearsal.ts";

// Nothing is ever printed from here. Captured output that nobody reads would also keep the process alive.
for (const stream of [process.stdout, process.stderr]) stream.write = () => true;

/** Memory of an engine that holds next to nothing. */
const leastBytes = 16 * 1024 * 1024;

function send(message: FromWorker): void {
  parentPort?.postMessage(message, []);
}

const { wasmModule, image, usualBytes } = workerData as WorkerData;
const machines = image
  ? new MachineSource(wasmModule, usualBytes, image)
  : MachineSource.of(await bootMachine(wasmModule, readGuestSources(), usualBytes), wasmModule, usualBytes);
const holder = new EngineHolder(machines, send);
parentPort?.on("message", (message: ToWorker) => void holder.receive(message));
send({ type: "started", image: machines.image, ...ownThread() });
machines.prepare();
rehearse(
  () => machines.take(leastBytes),
  () => !holder.isTaken,
).catch(() => {
  // Without it, the first steps are slower.
});

/** Linux alone tells it. */
function ownThread(): { thread?: number } {
  try {
    return { thread: Number(basename(readlinkSync("/proc/thread-self"))) };
  } catch {
    return {};
  }
}
