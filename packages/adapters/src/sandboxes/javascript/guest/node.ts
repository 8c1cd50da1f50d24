// The program that runs in a Node process with nothing in it. Started as `node node.ts` it has the host at descriptor
// 3; as `node node.ts stdio` at standard input and output.
import { Socket } from "node:net";
import process from "node:process";
import { Guest } from "./guest.ts";
import { importer } from "./node-modules.ts";
import { openLine } from "./platform.ts";
import { capturePrinting, format } from "./printing.ts";
import { replEvaluator } from "./repl-evaluator.ts";

const socket = process.argv.includes("stdio") ? undefined : new Socket({ fd: 3, readable: true, writable: true });
const writeOut = process.stdout.write.bind(process.stdout);
const line = openLine(socket ?? process.stdin, (text) => void (socket ? socket.write(text) : writeOut(text)));
// Kept before any code can replace it.
const cpuUsage = process.cpuUsage.bind(process);
const busyMs = (): number => {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
};
const guest = new Guest(line, { evaluate: replEvaluator(), ...importer(), format, busyMs });
capturePrinting(guest.output);
// What the code leaves behind must not end the process: its run has been told already.
process.on("uncaughtException", () => undefined);
process.on("unhandledRejection", () => undefined);
guest.start();
