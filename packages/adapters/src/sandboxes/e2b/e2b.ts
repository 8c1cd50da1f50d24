import type { SandboxOpts } from "e2b";
import process from "node:process";
import type { SandboxProvider } from "@smoltools/core";
import { unavailable } from "../engine/sandbox-errors.ts";
import { loadSdk } from "../remote/load-sdk.ts";
import { refusalOf } from "../remote/refusal.ts";
import { type RemoteOptions, remoteSettings } from "../remote/remote-options.ts";
import { remoteProvider } from "../remote/remote-provider.ts";
import { E2bMachine } from "./e2b-machine.ts";
import { statusOf } from "./status-of.ts";

/** Options of {@link e2b}. */
export interface E2bOptions extends RemoteOptions {
  /** Default: the environment variable `E2B_API_KEY`. */
  apiKey?: string;
  /**
   * Name of the template of the machine. Default: E2B's own, `"base"`. It needs Node 22.15 or later for JavaScript, or
   * Python 3.9 or later for Python. One with a current Node is `Template().fromNodeImage("24")` of E2B's library.
   */
  template?: string;
  /**
   * Whether the machine reaches the internet, past the `fetch` that the sandbox is given and its rules. Default false.
   */
  allowInternetAccess?: boolean;
  /** What else E2B can be told: `network`, `envs`, `metadata`, `domain`, `apiUrl` and so on. */
  create?: Omit<SandboxOpts, "allowInternetAccess" | "apiKey" | "lifecycle" | "signal" | "template" | "timeoutMs">;
}

const sandbox = "e2b";
const credentials = "the option apiKey or the environment variable E2B_API_KEY";
const startTimeoutMs = 60_000;

/**
 * Sandboxes on machines of E2B (e2b.dev), by its library `e2b`, an optional peer.
 *
 * Each sandbox is a machine of its own. The code may use all of it, and has no network but the `fetch` of the host;
 * functions of the host are called through the connection that the host keeps open. `memoryBytes` limits the code's
 * values within the memory that the template gives the machine. A run that must be stopped costs the machine, and with
 * it the variables. Dispose a sandbox as soon as it is not needed: until then it costs money, and keeps the process
 * alive.
 *
 * `create` rejects with `SANDBOX_UNAVAILABLE` when the library or the key is missing, or E2B gives no machine.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` when an option is wrong.
 */
export function e2b(options: E2bOptions = {}): SandboxProvider {
  const settings = remoteSettings(sandbox, options, startTimeoutMs);
  const apiKey = options.apiKey ?? process.env.E2B_API_KEY;
  return remoteProvider({
    name: sandbox,
    title: "E2B",
    credentials,
    settings,
    secrets: () => [apiKey],
    create: async () => {
      const sdk = await loadSdk(() => import("e2b"), { sandbox, packageName: "e2b", version: "^2.51.0" });
      if (!apiKey) throw unavailable(sandbox, `E2B needs an API key: set ${credentials}`);
      const created = await sdk.Sandbox.create(options.template ?? "base", {
        ...options.create,
        apiKey,
        allowInternetAccess: options.allowInternetAccess ?? false,
        timeoutMs: settings.lifetimeMs,
        // A machine that comes too late is still heard of, and ended.
        requestTimeoutMs: 2 * settings.startTimeoutMs,
        lifecycle: { onTimeout: "kill" },
      });
      return new E2bMachine(created);
    },
    refusal: (error) => refusalOf(error, statusOf(error)),
  });
}
