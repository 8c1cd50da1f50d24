import type { RemoteMachine } from "./remote-machine.ts";

/** When a provider is asked again that did not do as it was told. */
const retryAfterMs = [500, 2000];

/** Ends a machine. Never rejects: one that cannot be ended ends by itself when its lifetime is over. */
export async function destroyMachine(machine: RemoteMachine): Promise<void> {
  for (const ms of [...retryAfterMs, undefined]) {
    try {
      return await machine.destroy();
    } catch {
      if (ms === undefined) return;
      await new Promise((resolve) => {
        setTimeout(resolve, ms);
      });
    }
  }
}
