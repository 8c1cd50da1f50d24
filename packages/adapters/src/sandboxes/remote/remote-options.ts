import type { CodeLanguage } from "@smoltools/core";
import { badOption } from "../engine/sandbox-errors.ts";

/** Options that the providers of remote sandboxes share. */
export interface RemoteOptions {
  /**
   * Language of the code. Default `"javascript"`. Python code has what it has in the sandbox `python`, and may import
   * all modules of the machine.
   */
  language?: CodeLanguage;
  /**
   * How long a machine lives at most, in milliseconds, from its creation. The provider ends it then, also when this
   * program is not there any more to do so; a sandbox that is still in use gets another machine for its next run, which
   * reports the loss of the variables. Default half an hour.
   */
  lifetimeMs?: number;
  /** How long the creation of a machine may take, in milliseconds. */
  startTimeoutMs?: number;
}

/** The options that a provider works with. */
export type RemoteSettings = Required<RemoteOptions>;

const defaultLifetimeMs = 30 * 60_000;
/** Providers count in whole seconds. */
const leastLifetimeMs = 1000;
const maxTimerMs = 2 ** 31 - 1;

/**
 * Checks the shared options and fills in the defaults.
 *
 * @param startTimeoutMs - The provider's default.
 * @throws SandboxError `SANDBOX_BAD_OPTIONS`
 */
export function remoteSettings(sandbox: string, options: RemoteOptions, startTimeoutMs: number): RemoteSettings {
  const settings: RemoteSettings = {
    language: options.language ?? "javascript",
    lifetimeMs: options.lifetimeMs ?? defaultLifetimeMs,
    startTimeoutMs: options.startTimeoutMs ?? startTimeoutMs,
  };
  if (settings.language !== "javascript" && settings.language !== "python") {
    throw badOption(sandbox, `language is "${String(settings.language)}": it must be "javascript" or "python"`);
  }
  for (const [name, least] of [["lifetimeMs", leastLifetimeMs] as const, ["startTimeoutMs", 1] as const]) {
    const value = settings[name];
    if (!Number.isSafeInteger(value) || value < least || value > maxTimerMs) {
      throw badOption(sandbox, `${name} is ${value}: it must be a whole number from ${least} to ${maxTimerMs}`);
    }
  }
  return settings;
}
