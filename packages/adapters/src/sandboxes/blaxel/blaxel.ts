import { randomUUID } from "node:crypto";
import process from "node:process";
import type { SandboxProvider } from "@smoltools/core";
import type { SandboxCreateConfiguration } from "@blaxel/core";
import { fieldOf, textField } from "../../shared/json-access.ts";
import { unavailable } from "../engine/sandbox-errors.ts";
import { loadSdk } from "../remote/load-sdk.ts";
import { type Refusal, refusalOf } from "../remote/refusal.ts";
import { type RemoteOptions, remoteSettings } from "../remote/remote-options.ts";
import { remoteProvider } from "../remote/remote-provider.ts";
import { BlaxelMachine } from "./blaxel-machine.ts";
import { useCredentials } from "./credentials.ts";

type Network = NonNullable<SandboxCreateConfiguration["network"]>;

/** Options of {@link blaxel}. */
export interface BlaxelOptions extends RemoteOptions {
  /** Default: the environment variable `BL_API_KEY`, else what `bl login` has stored. */
  apiKey?: string;
  /** Name of the workspace. Default: the environment variable `BL_WORKSPACE`, else what `bl login` has stored. */
  workspace?: string;
  /** Where the machine is. Default: the environment variable `BL_REGION`, else `"us-was-1"`. */
  region?: string;
  /**
   * Image of the machine. Default: `blaxel/base-image:latest` for JavaScript, which needs Node 22.15 or later, and
   * `blaxel/py-app:latest` for Python.
   */
  image?: string;
  /**
   * The network of the machine, past the `fetch` that the sandbox is given and its rules: `"open"` leaves it as Blaxel
   * makes it, an object is handed to Blaxel. Default `"closed"`: traffic is held to Blaxel's proxy, and the proxy lets
   * none through. Blaxel calls its proxy a preview.
   */
  network?: "closed" | "open" | Network;
  /** What else Blaxel can be told: `memory` in megabytes, `envs`, `labels`, `volumes` and so on. */
  create?: Omit<SandboxCreateConfiguration, "expires" | "image" | "lifecycle" | "name" | "network" | "region" | "ttl">;
}

const sandbox = "blaxel";
const credentials = "the options apiKey and workspace, or the environment variables BL_API_KEY and BL_WORKSPACE";
const startTimeoutMs = 60_000;
const images = { javascript: "blaxel/base-image:latest", python: "blaxel/py-app:latest" };
const noDomain = ["none.invalid"];
const closed: Network = {
  allowedDomains: noDomain,
  proxy: { allowedDomains: noDomain, routing: [] },
  firewall: { rulesets: ["proxy"] },
};

/**
 * Sandboxes on machines of Blaxel (blaxel.ai), by its library `@blaxel/core`, an optional peer.
 *
 * Each sandbox is a machine of its own. The code may use all of it; functions of the host and `fetch` are called
 * through the connection that the host keeps open. `memoryBytes` limits the code's values within the memory of the
 * machine. A run that must be stopped costs the machine, and with it the variables. Dispose a sandbox as soon as it is
 * not needed: until then it costs money, and keeps the process alive. The library knows one workspace and key at a
 * time: all sandboxes of a process have the same.
 *
 * `create` rejects with `SANDBOX_UNAVAILABLE` when the library or the credentials are missing, or Blaxel gives no
 * machine.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` when an option is wrong.
 */
export function blaxel(options: BlaxelOptions = {}): SandboxProvider {
  const settings = remoteSettings(sandbox, options, startTimeoutMs);
  const { network = "closed" } = options;
  const apiKey = options.apiKey ?? process.env.BL_API_KEY;
  const workspace = options.workspace ?? process.env.BL_WORKSPACE;
  return remoteProvider({
    name: sandbox,
    title: "Blaxel",
    credentials,
    settings,
    secrets: () => [apiKey, process.env.BL_CLIENT_CREDENTIALS],
    create: async () => {
      const sdk = await loadSdk(() => import("@blaxel/core"), {
        sandbox,
        packageName: "@blaxel/core",
        version: "^0.3.21",
      });
      useCredentials(sandbox, sdk, { apiKey, workspace });
      // The name is chosen here, so that a machine whose creation ended badly can be ended all the same.
      const name = `smoltools-${randomUUID()}`;
      try {
        const created = await sdk.SandboxInstance.create({
          ...options.create,
          name,
          image: options.image ?? images[settings.language],
          region: options.region ?? process.env.BL_REGION ?? "us-was-1",
          ttl: `${Math.ceil(settings.lifetimeMs / 1000)}s`,
          ...(network === "closed" && { network: closed }),
          ...(typeof network === "object" && { network }),
        });
        return new BlaxelMachine(created, sdk.settings);
      } catch (error) {
        if (error instanceof sdk.CredentialsError) {
          throw unavailable(sandbox, `Blaxel needs an API key and a workspace: set ${credentials}`, error);
        }
        await sdk.SandboxInstance.delete(name).catch(() => undefined);
        throw error;
      }
    },
    refusal,
  });
}

/** Blaxel's library throws the bodies of answers as they are. */
function refusal(error: unknown): Refusal {
  const status = fieldOf(error, "code") ?? fieldOf(error, "status");
  const text = textField(error, "error") ?? textField(error, "message");
  return {
    ...refusalOf(text ?? error, typeof status === "number" ? status : undefined),
  };
}
