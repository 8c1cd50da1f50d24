import { randomUUID } from "node:crypto";
import {
  type CodeLanguage,
  isSmoltoolsError,
  type Sandbox,
  type SandboxOptions,
  type SandboxProvider,
} from "@smoltools/core";
import { redactor } from "../../shared/redact.ts";
import { safeCause } from "../../shared/safe-cause.ts";
import { ChannelEngine } from "../channel/channel-engine.ts";
import { maxMessageBytes } from "../channel/message-size.ts";
import type { Engine, EngineKind, EngineSetup } from "../engine/engine.ts";
import { EngineSandbox } from "../engine/engine-sandbox.ts";
import { rejectOnAbort } from "../engine/reject-on-abort.ts";
import { unavailable } from "../engine/sandbox-errors.ts";
import { pythonProvider } from "../python/python-provider.ts";
import { destroyMachine } from "./destroy-machine.ts";
import { javascriptGuest } from "./javascript-guest.ts";
import { pythonGuest } from "./python-guest.ts";
import { type ProviderNames, type Refusal, refusalMessage } from "./refusal.ts";
import { RemoteChannel } from "./remote-channel.ts";
import type { RemoteGuest } from "./remote-guest.ts";
import type { RemoteMachine } from "./remote-machine.ts";
import type { RemoteSettings } from "./remote-options.ts";

/** A place where machines can be had. */
export interface RemoteKind extends ProviderNames {
  /** Name of the sandbox, such as `"e2b"`. */
  name: string;
  settings: RemoteSettings;
  /** What must not be in messages. Asked for when there is one. */
  secrets(): readonly (string | undefined)[];
  /**
   * Makes a machine.
   *
   * It cannot be interrupted: a request that is given up half-way would leave a machine behind that nobody knows.
   *
   * @throws SandboxError, or an error of the provider's library, which `refusal` reads.
   */
  create(): Promise<RemoteMachine>;
  /** Reads an error of the provider's library. */
  refusal(error: unknown): Refusal;
}

const guests: Readonly<Record<CodeLanguage, RemoteGuest>> = { javascript: javascriptGuest, python: pythonGuest };

/** Sandboxes whose code runs on machines of a provider. */
export function remoteProvider(kind: RemoteKind): SandboxProvider {
  const { name, settings } = kind;
  return {
    name,
    language: settings.language,
    create: (options: SandboxOptions = {}): Promise<Sandbox> => {
      // The signal ends the creation alone: machines that replace a lost one have nothing to do with it.
      let { signal } = options;
      const engineKind: EngineKind = {
        name,
        language: settings.language,
        memory: guests[settings.language].memory,
        open: async (setup) => {
          try {
            return await open(kind, setup, signal);
          } finally {
            signal = undefined;
          }
        },
      };
      const { language } = settings;
      return language === "python"
        ? pythonProvider(engineKind).create(options)
        : EngineSandbox.create(engineKind, options);
    },
  };
}

async function open(kind: RemoteKind, setup: EngineSetup, signal: AbortSignal | undefined): Promise<Engine> {
  const guest = guests[kind.settings.language];
  const redact = (text: string): string => redactor(kind.secrets().filter((secret) => secret !== undefined))(text);
  const { name: sandbox, settings } = kind;
  const start = new AbortController();
  const end = signal ? AbortSignal.any([signal, start.signal]) : start.signal;
  const timer = setTimeout(() => {
    start.abort(unavailable(sandbox, `${kind.title} did not start a sandbox within ${settings.startTimeoutMs} ms`));
  }, settings.startTimeoutMs);
  let creation: Promise<RemoteMachine> | undefined;
  try {
    creation = kind.create();
    const machine = await rejectOnAbort(creation, end);
    const path = `/tmp/smoltools-${randomUUID()}/${guest.fileName}`;
    await rejectOnAbort(machine.writeFile(path, await guest.program()), end);
    const command = guest.command(path, setup.limits.memoryBytes);
    const channelOptions = { maxMessageBytes: maxMessageBytes(setup.limits), redact };
    const channel = await rejectOnAbort(RemoteChannel.start(machine, command, channelOptions), end);
    creation = undefined;
    return await ChannelEngine.create(channel, { sandbox, language: guest.language, setup });
  } catch (error) {
    if (creation) void destroyWhenCreated(creation);
    if (isSmoltoolsError(error) || (end.aborted && error === end.reason)) throw error;
    throw unavailable(sandbox, redact(refusalMessage(kind, kind.refusal(error))), safeCause(error, redact));
  } finally {
    clearTimeout(timer);
  }
}

/** Nobody waits for the machine any more, but it may be there, or come to be. */
async function destroyWhenCreated(creation: Promise<RemoteMachine>): Promise<void> {
  try {
    await destroyMachine(await creation);
  } catch {
    // There is none.
  }
}
