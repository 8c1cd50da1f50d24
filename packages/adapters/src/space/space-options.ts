import type { ToolPins } from "@smoltools/core";
import { AdapterError } from "../shared/adapter-error.ts";
import type { SpaceEvent } from "./space-event.ts";

/** Where a Space is found, and what holds for all that is asked of it. Times are in milliseconds, sizes in bytes. */
export interface SpaceOptions {
  /** The hub that knows where `owner/name` runs. @default `HF_ENDPOINT`, else "https://huggingface.co" */
  hubUrl?: string | undefined;
  /**
   * A token of the hub, for private Spaces and the quota of an account. It is asked for nowhere else than here: no
   * variable of the environment is read. The hub gets it; a Space gets it only if `sendTokenTo` names its host.
   */
  token?: string | undefined;
  /** Hosts of Spaces that get the token, such as `"acme-clock.hf.space"`. Whoever runs such a host may read it. */
  sendTokenTo?: string | readonly string[] | undefined;
  /** Headers for the Space, and for nobody else: of a proxy before it, say. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Told what happens while a Space starts and a call runs. */
  onProgress?: ((event: SpaceEvent) => void) | undefined;
  /** Remembers what the tools declared: `lockedTools("smoltools.lock")` of `@smoltools/hub`. */
  pins?: ToolPins | undefined;
  /** Declares what endpoints give, and holds them to it. `false` for a Space that is wrong about it. @default true */
  outputSchemas?: boolean | undefined;
  /** Longest wait for a Space that sleeps or is being built. @default 300_000 */
  startTimeoutMs?: number | undefined;
  /** Longest wait for one answer, apart from that of a call. @default 30_000 */
  requestTimeoutMs?: number | undefined;
  /** Longest time of a call. @default 300_000 */
  callTimeoutMs?: number | undefined;
  /** Longest time of a call in which nothing comes; Gradio gives a sign of life every 15 seconds. @default 60_000 */
  idleTimeoutMs?: number | undefined;
  /** Most that a Space may send about itself, or during one call, without its files. @default 32 MiB */
  maxResponseBytes?: number | undefined;
  /** Largest file, and the most that one call sends in files. @default 64 MiB */
  maxFileBytes?: number | undefined;
  /** Ends the start. Calls have signals of their own. */
  signal?: AbortSignal | undefined;
}

/** Numbers of {@link SpaceOptions}. */
export type SpaceLimits = Record<keyof typeof defaultSpaceLimits, number>;

/** Defaults of {@link SpaceOptions}. */
export const defaultSpaceLimits: {
  startTimeoutMs: number;
  requestTimeoutMs: number;
  callTimeoutMs: number;
  idleTimeoutMs: number;
  maxResponseBytes: number;
  maxFileBytes: number;
} = {
  startTimeoutMs: 300_000,
  requestTimeoutMs: 30_000,
  callTimeoutMs: 300_000,
  idleTimeoutMs: 60_000,
  maxResponseBytes: 32 * 1024 * 1024,
  maxFileBytes: 64 * 1024 * 1024,
};

/**
 * The numbers that hold.
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` for one that is not a number in its range.
 */
export function spaceLimits(options: SpaceOptions): SpaceLimits {
  const limits: SpaceLimits = { ...defaultSpaceLimits };
  for (const name of Object.keys(limits) as (keyof SpaceLimits)[]) {
    const value = options[name] ?? limits[name];
    if (typeof value !== "number" || !(value >= 1)) {
      throw new AdapterError(`A Space: ${name} must be a number of at least 1`, { code: "ADAPTER_OPTIONS_INVALID" });
    }
    limits[name] = value;
  }
  return limits;
}
