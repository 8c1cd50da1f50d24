import { FetchError } from "../../errors/fetch-error.ts";

/** Limits of requests, see `HostFetchOptions`. */
export interface FetchLimits {
  timeoutMs: number;
  maxRequestBytes: number;
  maxResponseBytes: number;
  maxConcurrent: number;
}

const defaults: Readonly<FetchLimits> = {
  timeoutMs: 30_000,
  maxRequestBytes: 5 * 1024 * 1024,
  maxResponseBytes: 5 * 1024 * 1024,
  maxConcurrent: 8,
};

/** The longest time that a timer takes. */
const most = 2 ** 31 - 1;

/**
 * The limits, with the default ones where none are given.
 *
 * @throws FetchError `FETCH_BAD_OPTIONS`
 */
export function fetchLimits(given: { [Name in keyof FetchLimits]?: number | undefined }): FetchLimits {
  const limits: FetchLimits = { ...defaults };
  for (const name of ["timeoutMs", "maxRequestBytes", "maxResponseBytes", "maxConcurrent"] as const) {
    const value = given[name] ?? defaults[name];
    if (!Number.isSafeInteger(value) || value < 1 || value > most) {
      throw new FetchError(`hostFetch: ${name} is ${value}: it must be a whole number from 1 to ${most}`, {
        code: "FETCH_BAD_OPTIONS",
      });
    }
    limits[name] = value;
  }
  return limits;
}
