/** The limits of a sandbox. All of them are always on; times in milliseconds, sizes in bytes. */
export interface SandboxLimits {
  /** Longest time one `run` may take, waiting for tools included, save for what they wait for `untimed`. */
  timeoutMs: number;
  /** Most memory that the code's values may take. */
  memoryBytes: number;
  /** Most text that `console` may print in one `run`; what is over is cut and said so. */
  maxOutputBytes: number;
  /** Longest source of one `run`, and of one module. */
  maxSourceBytes: number;
  /** Most calls of host functions in one `run`. */
  maxCalls: number;
  /** Most calls of host functions that wait for their answer at the same time; further ones queue inside. */
  maxCallsInFlight: number;
  /** Largest argument list of one call, as JSON. */
  maxArgumentBytes: number;
  /** Largest result of one call, and of one `run`, as JSON. */
  maxResultBytes: number;
  /** Deepest nesting of a value that crosses the boundary, in either direction. */
  maxDepth: number;
}

/** The limits that hold where none are given. */
export const defaultSandboxLimits: Readonly<SandboxLimits> = Object.freeze({
  timeoutMs: 30_000,
  memoryBytes: 128 * 1024 * 1024,
  maxOutputBytes: 64 * 1024,
  maxSourceBytes: 8 * 1024 * 1024,
  maxCalls: 10_000,
  maxCallsInFlight: 256,
  maxArgumentBytes: 8 * 1024 * 1024,
  maxResultBytes: 8 * 1024 * 1024,
  maxDepth: 128,
});
