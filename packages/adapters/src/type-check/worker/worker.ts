// The worker thread of the type check: takes messages in their order, and answers questions.
import { parentPort, workerData } from "node:worker_threads";
import { type Answer, type FromWorker, shared, type ToWorker, type WorkerData } from "../protocol.ts";
import type { Conversation } from "./conversation.ts";

const { shared: numbers, answers } = workerData as WorkerData;

function tell(message: FromWorker): void {
  parentPort?.postMessage(message, []);
}

function answer(message: Answer): void {
  answers.postMessage(message, []);
  wake();
}

/** Wakes whoever waits for an answer. */
function wake(): void {
  Atomics.add(numbers, shared.answers, 1);
  Atomics.notify(numbers, shared.answers);
}

/** Loads TypeScript; the static imports of all other files need it. */
async function begin(): Promise<void> {
  await import("typescript/unstable/sync");
  const { Compiler } = await import("./program/compiler.ts");
  const { Conversation } = await import("./conversation.ts");
  const compiler = new Compiler((child) => {
    Atomics.store(numbers, shared.pid, child.pid ?? 0);
    child.once("exit", () => {
      Atomics.store(numbers, shared.pid, 0);
      Atomics.store(numbers, shared.ended, 1);
      wake();
      process.exit();
    });
  });
  const conversations = new Map<number, Conversation>();
  let failed = false;
  parentPort?.on("message", (message: ToWorker) => {
    const { conversation: id } = message;
    const conversation = conversations.get(id);
    try {
      switch (message.type) {
        case "open":
          conversation?.dispose();
          conversations.set(id, new Conversation(compiler, message.setup));
          tell({ type: "opened", conversation: id });
          break;
        case "findings":
          answer({
            question: message.question,
            ...(!failed && { findings: conversation?.findings(message.code) ?? [] }),
          });
          break;
        case "ran":
          if (message.code === undefined) conversation?.loseTrack();
          else conversation?.ran(message.code);
          break;
        case "forget":
          conversation?.forget();
          break;
        case "close":
          conversations.delete(id);
          conversation?.dispose();
          break;
      }
    } catch {
      // The other side ends a thread that answers without findings.
      failed = true;
      if (message.type === "findings") answer({ question: message.question });
      else if (message.type === "open") tell({ type: "opened", conversation: id });
    }
  });
}

try {
  await begin();
} catch (error) {
  const { message, code } = error as Error & { code?: string };
  tell({ type: "unavailable", message, code });
}
