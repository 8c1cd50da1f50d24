import type { ModalClient, SandboxCreateParams } from "modal";
import type { SandboxProvider } from "@smoltools/core";
import { fieldOf } from "../../shared/json-access.ts";
import { unavailable } from "../engine/sandbox-errors.ts";
import { loadSdk } from "../remote/load-sdk.ts";
import { refusalOf } from "../remote/refusal.ts";
import { type RemoteOptions, remoteSettings } from "../remote/remote-options.ts";
import { remoteProvider } from "../remote/remote-provider.ts";
import { ModalMachine } from "./modal-machine.ts";

/** Options of {@link modal}. */
export interface ModalOptions extends RemoteOptions {
  /** Default: the environment variable `MODAL_TOKEN_ID`, else the profile in `~/.modal.toml`. */
  tokenId?: string;
  /** Default: the environment variable `MODAL_TOKEN_SECRET`, else the profile in `~/.modal.toml`. */
  tokenSecret?: string;
  /** The environment of Modal. Default: the one of the profile. */
  environment?: string;
  /** The app that the machines belong to; it is made if there is none. Default `"smoltools"`. */
  appName?: string;
  /**
   * Image of the machine, from a registry of Docker images. Default: `node:24-slim` for JavaScript, which needs Node
   * 22.15 or later, and `python:3.13-slim` for Python.
   */
  image?: string;
  /**
   * Whether the machine has no network at all but the `fetch` that the sandbox is given. Default true; with false it
   * reaches the internet past the rules of that `fetch`, unless `create` narrows it.
   */
  blockNetwork?: boolean;
  /** What else Modal can be told: `memoryMiB`, `cpu`, `regions`, `outboundDomainAllowlist` and so on. */
  create?: Omit<SandboxCreateParams, "blockNetwork" | "command" | "name" | "pty" | "timeoutMs">;
}

const sandbox = "modal";
const credentials =
  "the options tokenId and tokenSecret, or the environment variables MODAL_TOKEN_ID and MODAL_TOKEN_SECRET";
/** The first machine of an image waits until Modal has fetched the image. */
const startTimeoutMs = 300_000;
const images = { javascript: "node:24-slim", python: "python:3.13-slim" };
/** The HTTP statuses that mean the same as those of gRPC. */
const statuses = new Map<unknown, number>([
  [16, 401],
  [7, 403],
  [8, 429],
]);

/**
 * Sandboxes on machines of Modal (modal.com), by its library `modal` of Modal Labs, an optional peer that wants Node
 * 22 or later.
 *
 * Each sandbox is a machine of its own. The code may use all of it, and has no network but the `fetch` of the host;
 * functions of the host are called through the connection that the host keeps open. `memoryBytes` limits the code's
 * values within the memory of the machine. A run that must be stopped costs the machine, and with it the variables.
 * Dispose a sandbox as soon as it is not needed: until then it costs money, and keeps the process alive.
 *
 * `create` rejects with `SANDBOX_UNAVAILABLE` when the library or the token is missing, or Modal gives no machine.
 *
 * @throws SandboxError `SANDBOX_BAD_OPTIONS` when an option is wrong.
 */
export function modal(options: ModalOptions = {}): SandboxProvider {
  const settings = remoteSettings(sandbox, options, startTimeoutMs);
  let client: ModalClient | undefined;
  return remoteProvider({
    name: sandbox,
    title: "Modal",
    credentials,
    settings,
    secrets: () => [
      client?.profile.tokenSecret ?? options.tokenSecret,
      client?.profile.tokenId ?? options.tokenId,
      client?.profile.oauthRefreshToken,
      client?.profile.oauthClientSecret,
    ],
    create: async () => {
      client ??= await connect(options);
      const app = await client.apps.fromName(options.appName ?? "smoltools", { createIfMissing: true });
      const image = client.images.fromRegistry(options.image ?? images[settings.language]);
      const created = await client.sandboxes.create(app, image, {
        ...options.create,
        blockNetwork: options.blockNetwork ?? true,
        timeoutMs: 1000 * Math.ceil(settings.lifetimeMs / 1000),
      });
      return new ModalMachine(created);
    },
    refusal: (error) => refusalOf(error, statuses.get(fieldOf(error, "code"))),
  });
}

async function connect({ tokenId, tokenSecret, environment }: ModalOptions): Promise<ModalClient> {
  const version = "^0.11.1";
  const sdk = await loadSdk(() => import("modal"), { sandbox, packageName: "modal", version });
  // An unrelated package had the name before, with higher versions.
  if (typeof sdk.ModalClient !== "function") {
    throw unavailable(
      sandbox,
      `the package modal is not the one of Modal Labs. Install it: npm install "modal@${version}"`,
    );
  }
  const client = new sdk.ModalClient({
    ...(tokenId !== undefined && { tokenId }),
    ...(tokenSecret !== undefined && { tokenSecret }),
    ...(environment !== undefined && { environment }),
  });
  const { profile } = client;
  if (!(profile.tokenId && profile.tokenSecret) && !profile.oauthRefreshToken) {
    throw unavailable(sandbox, `Modal needs a token: set ${credentials}`);
  }
  return client;
}
