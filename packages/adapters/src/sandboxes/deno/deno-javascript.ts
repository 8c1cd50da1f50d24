import { fileURLToPath } from "node:url";
import { ChannelEngine } from "../channel/channel-engine.ts";
import { maxMessageBytes } from "../channel/message-size.ts";
import type { Engine, EngineSetup } from "../engine/engine.ts";
import { scriptExtension } from "../javascript/guest-files.ts";
import { javascriptLanguage } from "../javascript/javascript-language.ts";
import { launchDeno } from "./launch-deno.ts";

/** An engine of JavaScript in a Deno without permissions. */
export async function openDenoJavascript(sandbox: string, setup: EngineSetup, denoPath?: string): Promise<Engine> {
  const { limits, modules } = setup;
  const channel = await launchDeno({
    sandbox,
    denoPath,
    script: fileURLToPath(new URL(`../javascript/guest/deno.${scriptExtension}`, import.meta.url)),
    heapBytes: limits.memoryBytes,
    extraBytes: limits.memoryBytes,
    modules,
    maxMessageBytes: maxMessageBytes(limits),
  });
  // The modules' sources are in the import map already: their names are enough.
  const names = Object.fromEntries(Object.keys(modules).map((specifier) => [specifier, ""]));
  return ChannelEngine.create(channel, { sandbox, language: javascriptLanguage, setup: { ...setup, modules: names } });
}
