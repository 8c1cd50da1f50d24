import type { Sandbox, SandboxOptions, SandboxProvider } from "@smoltools/core";
import { ChannelEngine } from "../channel/channel-engine.ts";
import type { EngineKind } from "../engine/engine.ts";
import { EngineSandbox } from "../engine/engine-sandbox.ts";
import { javascriptLanguage } from "../javascript/javascript-language.ts";
import { stepPreparer } from "../javascript/step-preparer.ts";
import { ThreadChannel } from "./thread-channel.ts";

const extension: string = import.meta.url.endsWith(".ts") ? "ts" : "js";
const program = new URL(`./guest-thread.${extension}`, import.meta.url);

const kind: EngineKind = {
  name: "unsafe-in-process",
  language: "javascript",
  memory: { least: 1, most: Number.MAX_SAFE_INTEGER, reason: "Node" },
  open: (setup) =>
    ChannelEngine.create(new ThreadChannel(program), {
      sandbox: kind.name,
      language: javascriptLanguage,
      setup,
    }),
};

/**
 * **No sandbox at all**: JavaScript and TypeScript in a thread of this very process, for debugging code that you trust.
 *
 * **The code may do whatever this process may**: read and write its files, see its environment and the secrets in it,
 * use the network past every rule of `fetch`, start programs, end the process. Nothing ever falls back to this; it runs
 * where it is named, and nowhere else. Never give it code of a model or of a stranger.
 *
 * Good for one thing: a debugger that is attached to this process (`node --inspect`) sees the thread, stops at
 * `debugger;` in the code, and steps through it. It otherwise behaves like `processSandbox`, of which it has the engine:
 * top-level names live on, host functions are called over the same bridge, a run that is late is ended with its thread.
 * The time goes on while a debugger holds the code: raise `timeoutMs`. **`memoryBytes` is not kept**: code that fills
 * the memory ends the process.
 */
export function unsafeInProcess(): SandboxProvider {
  return {
    name: kind.name,
    language: kind.language,
    create: async (options: SandboxOptions = {}): Promise<Sandbox> => {
      stepPreparer.warmUp();
      return EngineSandbox.create(kind, options);
    },
  };
}
