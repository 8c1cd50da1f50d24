import { isIPv4 } from "node:net";
import type { HubToken } from "./access/token-registry.ts";
import { defaultRateLimits, type RateLimits } from "./http/limits/rate-limiter.ts";
import type { RequestLogEntry } from "./http/record-exchange.ts";
import type { HubFailure } from "./http/request-handler.ts";
import { defaultHubLimits, type HubLimits } from "./hub-limits.ts";
import { HubServerError } from "./hub-server-error.ts";

/** Options of {@link serveHub}. */
export interface HubServerOptions {
  /** The folder that holds everything; made if it is missing. Several servers may share one. */
  root: string;
  /**
   * The address to listen at. Default `"127.0.0.1"`: this machine only. For `"0.0.0.0"` and `"::"`, which stand for all
   * addresses of the machine, `publicUrl` has to say which one clients use.
   */
  host?: string;
  /** The port; 0, the default, is any free one. */
  port?: number;
  /**
   * The base of the addresses that the hub gives out. An absolute URL where a proxy stands in front of it; a path such
   * as `"/hub"` to serve below that path. Default: where it listens.
   */
  publicUrl?: string;
  /**
   * Tokens beside those of the accounts in the folder (see {@link HubAccounts}): for tests, and for programs that keep
   * users elsewhere. Without any token nobody can write.
   */
  tokens?: readonly HubToken[];
  /**
   * Whether public repos can be read without a token. Default true. Then any web page in a browser that reaches the hub
   * can read them too.
   */
  allowAnonymousRead?: boolean;
  /**
   * Believe the last entry of the header `X-Forwarded-For` about where a request comes from. Default false; true only
   * where every request comes through one proxy, which adds that entry.
   */
  trustProxy?: boolean;
  /**
   * How many requests are answered in a window of time; {@link defaultRateLimits} for what is not given. `false`: any
   * number. Default: limited, but for a hub that only its own machine reaches (a loopback `host`, no `trustProxy`).
   */
  rateLimits?: Partial<RateLimits> | false;
  /** Where Spaces run, by their id such as `acme/weather`: the hub starts none, but tells clients where they are. */
  spaces?: Readonly<Record<string, string>>;
  /** Limits that differ from {@link defaultHubLimits}. */
  limits?: Partial<HubLimits>;
  /** Is told of every request when it was answered. Never gets a token or a query. */
  onRequest?: (entry: RequestLogEntry) => void;
  /** Is told of failures of the hub itself; what it refuses is none. Never gets a token. */
  onFailure?: (failure: HubFailure) => void;
}

/** Options that were checked, with the defaults filled in. */
export type CheckedOptions = Required<Omit<HubServerOptions, "onFailure" | "onRequest" | "limits" | "rateLimits">> & {
  limits: HubLimits;
  /** `undefined`: no limits. */
  rateLimits: RateLimits | undefined;
};

/**
 * Checks options and fills in the defaults.
 *
 * @param hasAccounts - Whether the folder holds tokens.
 * @throws HubServerError `HUB_BAD_OPTIONS` that says what to change.
 */
export function checkOptions(options: HubServerOptions, hasAccounts = false): CheckedOptions {
  const { root, host = "127.0.0.1", port = 0, publicUrl = "/", tokens = [], allowAnonymousRead = true } = options;
  const { trustProxy = false, spaces = {} } = options;
  if (root === "") throw bad("root is empty: name the folder that the hub keeps its repos in");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw bad("port is not a number from 0 to 65535");
  if (tokens.length === 0 && !hasAccounts && !isLoopback(host)) {
    throw bad(
      `the host ${host} can be reached from other machines, but there is no token. Make one in its folder: ` +
        "smoltools hub user add <name>, then smoltools hub token create <name>; in a program, give tokens",
    );
  }
  if (["0.0.0.0", "::", ""].includes(host) && !/^https?:/.test(publicUrl)) {
    throw bad(`the host "${host}" stands for all addresses: give the publicUrl that clients reach the hub by`);
  }
  if (!isBase(publicUrl)) throw bad("publicUrl is neither an http(s) URL nor a path that starts with one '/'");
  const limits = { ...defaultHubLimits, ...options.limits };
  checkNumbers("limits", limits);
  const wanted = options.rateLimits ?? (isLoopback(host) && !trustProxy ? false : {});
  const rateLimits = wanted === false ? undefined : { ...defaultRateLimits, ...wanted };
  if (rateLimits) checkNumbers("rateLimits", rateLimits);
  return { root, host, port, publicUrl, tokens, allowAnonymousRead, trustProxy, spaces, limits, rateLimits };
}

function checkNumbers(what: string, numbers: object): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value) || value <= 0) throw bad(`${what}.${name} is not a number above 0`);
  }
}

function bad(problem: string): HubServerError {
  return new HubServerError("HUB_BAD_OPTIONS", `The hub cannot start: ${problem}.`);
}

/** True for what the addresses of the hub can start with. */
function isBase(publicUrl: string): boolean {
  return /^(https?:\/\/|\/(?!\/))[^?#\s]*$/.test(publicUrl) && URL.canParse(publicUrl, "http://127.0.0.1");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}
