import type { HostFunction } from "../../sandbox/sandbox.ts";
import { aborted } from "../sandbox-case.ts";
import { deferred } from "./deferred.ts";

/** Host functions that tell what becomes of a call. */
export interface WaitingHost {
  functions: {
    /** Waits until its call is aborted. */
    wait: HostFunction;
    /** Answers once `wait` was called. */
    called: HostFunction;
    /** Answers once the call of `wait` was aborted. */
    gone: HostFunction;
  };
  /** Settled once the call of `wait` was aborted. */
  ended: Promise<void>;
}

/** A host for one call of `wait`. */
export function waitingHost(): WaitingHost {
  const { promise: called, resolve } = deferred<AbortSignal>();
  const ended = called.then(aborted);
  return {
    functions: {
      wait: (_, { signal }) => {
        resolve(signal);
        return aborted(signal);
      },
      called: () => called.then(() => undefined),
      gone: () => ended,
    },
    ended,
  };
}
