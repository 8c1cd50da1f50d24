import type { CodeCheck, CodeChecker, CodeScope } from "@smoltools/core";
import { AdapterError } from "../shared/adapter-error.ts";
import { importPeer } from "../shared/optional-peer.ts";
import { CheckerHost } from "./checker-host.ts";
import { TypeScriptUnavailable } from "./checker-thread.ts";
import { ConversationCheck } from "./conversation-check.ts";
import { variableType } from "./variable-type.ts";

/** Options of {@link typeCheck}. */
export interface TypeCheckOptions {
  /**
   * Names of globals that the code has besides those of the `quickjs` sandbox, such as `["process", "Buffer"]`. Their
   * types are not known.
   */
  globals?: readonly string[];
  /** How long one check may take, in milliseconds. A check that takes longer finds nothing. @default 2000 */
  timeoutMs?: number;
  /** Longest code that is checked, in bytes of UTF-8. @default 262144 */
  maxCodeBytes?: number;
}

const defaultTimeoutMs = 2000;
const defaultMaxCodeBytes = 256 * 1024;
/** How long the TypeScript process waits for another conversation. */
const idleMs = 30_000;
/** How long the first conversation may wait for TypeScript to start. */
const startMs = 15_000;

/**
 * Type-checks JavaScript and TypeScript that a model wrote against the tools' declarations, before it runs.
 *
 * What is reported would fail, or misuse a tool, whatever the values are: wrong arguments of tools, properties that a
 * tool's result does not have, names that nothing declares, promises used as if they were awaited, syntax errors. What
 * merely looks wrong to TypeScript passes: the code is JavaScript. At most five findings, the first ones in the code.
 *
 * Checks fail open. When the checker crashes or takes too long there are no findings, and the step runs as if it had
 * not been checked; the checker starts anew, and pauses for a minute after three failures in a row.
 *
 * Works with `typescript` 7, an optional peer, in a worker thread and a process that all conversations share. They
 * start with the first conversation, do not keep the process alive, and end when no conversation is open for a while.
 *
 * @example
 * const agent = new CodeAgent({ model, tools, sandbox: quickjs(), typeCheck: typeCheck() });
 *
 * @throws AdapterError `ADAPTER_OPTIONS_INVALID` when an option is not a positive whole number. `open` throws AdapterError
 *   `ADAPTER_PEER_MISSING` when `typescript` is not installed, `ADAPTER_PEER_BROKEN` when it is not version 7.
 */
export function typeCheck(options: TypeCheckOptions = {}): CodeChecker {
  const { globals = [], timeoutMs = defaultTimeoutMs, maxCodeBytes = defaultMaxCodeBytes } = options;
  for (const [name, value] of Object.entries({ timeoutMs, maxCodeBytes })) {
    if (!Number.isSafeInteger(value) || value <= 0) {
      throw new AdapterError(`typeCheck: ${name} is ${value}: it must be a whole number above 0`, {
        code: "ADAPTER_OPTIONS_INVALID",
      });
    }
  }
  const host = new CheckerHost(idleMs);
  return {
    language: "javascript",
    open: async ({ declarations, variables }: CodeScope, { signal } = {}): Promise<CodeCheck> => {
      signal?.throwIfAborted();
      const known = Object.entries(variables).map(([name, value]) => [name, variableType(value)] as const);
      const others = globals.map((name) => [name, "any"] as const);
      const setup = { declarations, variables: [...others, ...known], namesUnknown: false };
      const check = new ConversationCheck(host, setup, { timeoutMs, maxCodeBytes });
      try {
        await orEnough(check.open(), signal);
        return check;
      } catch (error) {
        if (error instanceof TypeScriptUnavailable) {
          check[Symbol.dispose]();
          await importPeer(() => Promise.reject(error), {
            packageName: "typescript",
            versions: ">=7.0.0 <8",
            neededFor: "typeCheck",
          });
        }
        if (signal?.aborted) {
          check[Symbol.dispose]();
          throw signal.reason;
        }
        return check;
      }
    },
  };
}

/** Waits for the start, but not for ever, and not after an abort. */
async function orEnough(opening: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const enough = AbortSignal.any([AbortSignal.timeout(startMs), ...(signal ? [signal] : [])]);
  await new Promise<void>((resolve, reject) => {
    const give = (): void => reject(enough.reason);
    enough.addEventListener("abort", give, { once: true });
    opening.then(resolve, reject).finally(() => enough.removeEventListener("abort", give));
  });
}
