// The entry of the thread that parses steps: hostile source never keeps the host's own thread busy.
import { parentPort } from "node:worker_threads";
import { prepareStepWith } from "../step/prepare-step.ts";
import { replStep } from "./repl-step.ts";

parentPort?.on("message", (code: string) => {
  void prepareStepWith(code, replStep).then((prepared) => parentPort?.postMessage(prepared, []));
});
