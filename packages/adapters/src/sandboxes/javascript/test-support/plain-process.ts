import { spawn } from "node:child_process";
import process from "node:process";
import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import type { SandboxProvider } from "@smoltools/core";
import { ChannelEngine } from "../../channel/channel-engine.ts";
import { ChildChannel } from "../../channel/child-channel.ts";
import { maxMessageBytes } from "../../channel/message-size.ts";
import type { EngineKind } from "../../engine/engine.ts";
import { EngineSandbox } from "../../engine/engine-sandbox.ts";
import { javascriptLanguage } from "../javascript-language.ts";

const guest = fileURLToPath(new URL("../guest/node.ts", import.meta.url));

const kind: EngineKind = {
  name: "plain-process",
  language: "javascript",
  memory: { least: 1, most: Number.MAX_SAFE_INTEGER, reason: "Node" },
  open: async (setup) => {
    const heap = Math.ceil(setup.limits.memoryBytes / 2 ** 20);
    const args = [`--max-old-space-size=${heap}`, "--disable-warning=ExperimentalWarning", guest];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe", "pipe"], env: {} });
    const line = child.stdio[3];
    if (!(line instanceof Socket)) throw new Error("descriptor 3 is no socket");
    const options = { incoming: line, outgoing: line, maxMessageBytes: maxMessageBytes(setup.limits) };
    return ChannelEngine.create(new ChildChannel(child, options), {
      sandbox: kind.name,
      language: javascriptLanguage,
      setup,
    });
  },
};

/** The guest of Node **without any isolation**: for tests of what the guest and the channel do. */
export const plainProcess: SandboxProvider = {
  name: kind.name,
  language: kind.language,
  create: (options = {}) => EngineSandbox.create(kind, options),
};
