import type { EngineKind } from "../engine/engine.ts";

const megabyte = 1024 * 1024;

/** What `memoryBytes` may be for guests in Node. */
export const nodeMemory: EngineKind["memory"] = {
  least: 16 * megabyte,
  most: 64 * 1024 * megabyte,
  reason: "Node",
};

/** Address space for data that V8 reserves before any code runs: under a limit that is lower it does not start. */
export const v8ReservedBytes: number = 576 * megabyte;

/** The flag that limits V8's heap. */
export function heapFlag(bytes: number): string {
  return `--max-old-space-size=${Math.ceil(bytes / megabyte)}`;
}
