import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { errorMessage } from "@smoltools/core";
import { Authenticator } from "./access/authenticator.ts";
import { TokenRegistry } from "./access/token-registry.ts";
import { HubAccounts } from "./accounts/accounts.ts";
import { LastUsed } from "./accounts/last-used.ts";
import { AuditLog } from "./audit/audit-log.ts";
import { CollectionStore } from "./collections/collection-store.ts";
import { RateLimiter } from "./http/limits/rate-limiter.ts";
import { RunningRequests } from "./http/limits/running-requests.ts";
import { RequestHandler } from "./http/request-handler.ts";
import type { Hub } from "./hub.ts";
import { HubServerError } from "./hub-server-error.ts";
import { type CheckedOptions, checkOptions, type HubServerOptions } from "./hub-server-options.ts";
import { KeyedSemaphore } from "./keyed-semaphore.ts";
import { LruMap } from "./lru-map.ts";
import { SpaceHosts } from "./repo/space-hosts.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { RepoIndex } from "./search/repo-index.ts";
import { DiskStorage } from "./storage/disk/disk-storage.ts";

/** How often Node looks for connections that are over their time, at the least. */
const timeoutCheckMs = 5_000;
/** How many large files are in memory at the same time while they are received in commits. */
const maxLargeFiles = 8;
/** How many `git clone` wait for their turn before further ones are refused. */
const maxWaitingGit = 64;
/** How much text of README.md files is kept parsed. */
const cardCacheBytes = 16 * 1024 * 1024;

/** A running hub. */
export interface HubServer extends AsyncDisposable {
  /** The base to give to clients (`hubUrl`, `HF_ENDPOINT`); no `/` at the end. */
  readonly url: string;
  /** The port that it listens at. */
  readonly port: number;
  /**
   * Stops: takes no more connections, waits for running requests up to `limits.closeTimeoutMs`, then cuts them off.
   * Nothing is left open. Calling it again waits for the same end.
   */
  close(): Promise<void>;
}

/**
 * Starts a hub: a server that speaks the part of the Hugging Face Hub's HTTP API that publishing and loading tool
 * packages need, so that the official clients work with it unchanged.
 *
 * @throws HubServerError `HUB_BAD_OPTIONS` for options with which it cannot start.
 */
export async function serveHub(options: HubServerOptions): Promise<HubServer> {
  const accounts = new HubAccounts(options.root);
  const checked = checkOptions(options, options.root !== "" && (await accounts.read()).tokens.length > 0);
  const { root, limits, rateLimits } = checked;
  const report = (error: unknown) => options.onFailure?.({ error });
  const registry = new TokenRegistry(checked.tokens);
  const spaces = new SpaceHosts(checked.spaces);
  const storage = await DiskStorage.open(checked.root, limits);
  const connectionsCheckingInterval = Math.min(timeoutCheckMs, limits.headersTimeoutMs);
  const server = createServer({ connectionsCheckingInterval });
  server.headersTimeout = limits.headersTimeoutMs;
  // The limit for the whole of a request depends on its route: see the request handler.
  server.requestTimeout = 0;
  server.timeout = limits.idleTimeoutMs;
  // Node's five seconds are too short: a busy client's next request meets a connection that is just being closed.
  server.keepAliveTimeout = limits.idleTimeoutMs;
  server.maxConnections = limits.maxConnections;
  const index = await RepoIndex.open(storage, root, report);
  let port: number;
  try {
    port = await listen(server, checked);
  } catch (error) {
    await index.close();
    throw error;
  }
  const hub: Hub = {
    root,
    storage,
    index,
    collections: new CollectionStore(root, limits.lockTimeoutMs),
    spaces,
    tokens: new Authenticator(registry, accounts, new LastUsed(root), report),
    limits,
    publicUrl: publicUrl(checked, port),
    anonymousRead: checked.allowAnonymousRead,
    trustProxy: checked.trustProxy,
    ...(rateLimits && {
      rateLimiter: new RateLimiter(rateLimits),
      running: new RunningRequests(rateLimits.concurrent),
    }),
    audit: new AuditLog(root, report),
    ...(options.onRequest && { onRequest: options.onRequest }),
    report,
    draining: false,
    commitGate: new KeyedSemaphore(limits.maxConcurrentCommits, limits.maxWaitingCommits),
    largeFileGate: new KeyedSemaphore(maxLargeFiles),
    gitGate: new KeyedSemaphore(limits.maxConcurrentGit, maxWaitingGit),
    cards: new LruMap(cardCacheBytes),
  };
  const handler = new RequestHandler(hub, allRoutes, options.onFailure);
  server.on("request", (request, response) => handler.handle(request, response));
  // Such as a connection that could not be taken because too many files are open: the next one may be.
  server.on("error", report);

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeServer(server, handler, hub));
  return { url: hub.publicUrl, port, close, [Symbol.asyncDispose]: close };
}

async function listen(server: Server, { host, port }: CheckedOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const text = `The hub cannot listen at ${host}:${port}: ${errorMessage(cause)}`;
      reject(new HubServerError("HUB_BAD_OPTIONS", text, { cause }));
    });
    server.listen(port, host, resolve);
  });
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address ? address.port : port;
}

function publicUrl({ host, publicUrl: base }: CheckedOptions, port: number): string {
  const own = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return new URL(base, own).href.replace(/\/+$/, "");
}

async function closeServer(server: Server, handler: RequestHandler, hub: Hub): Promise<void> {
  hub.draining = true;
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = new AbortController();
  const late = sleep(hub.limits.closeTimeoutMs, "late" as const, { signal: timer.signal }).catch(
    () => "stopped" as const,
  );
  const idle = handler.idle().then(() => "idle" as const);
  if ((await Promise.race([idle, late])) === "late") handler.abort(new Error("The hub is shutting down."));
  timer.abort();
  server.closeAllConnections();
  await Promise.all([closed, handler.idle()]);
  await hub.index.close();
  await Promise.all([hub.audit.flush(), hub.tokens.flush()]);
}
