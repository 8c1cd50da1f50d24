import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { errorMessage } from "@smoltools/core";
import { TokenRegistry } from "./access/token-registry.ts";
import { RequestHandler } from "./http/request-handler.ts";
import type { Hub } from "./hub.ts";
import { HubServerError } from "./hub-server-error.ts";
import { type CheckedOptions, checkOptions, type HubServerOptions } from "./hub-server-options.ts";
import { KeyedSemaphore } from "./keyed-semaphore.ts";
import { LruMap } from "./lru-map.ts";
import { allRoutes } from "./routes/all-routes.ts";
import { DiskStorage } from "./storage/disk/disk-storage.ts";

/** How often Node looks for connections that are over their time, at the least. */
const timeoutCheckMs = 5_000;
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
  const checked = checkOptions(options);
  const { limits, tokens, allowAnonymousRead } = checked;
  const registry = new TokenRegistry(tokens);
  const storage = await DiskStorage.open(checked.root, limits.lockTimeoutMs);
  const connectionsCheckingInterval = Math.min(timeoutCheckMs, limits.headersTimeoutMs, limits.requestTimeoutMs);
  const server = createServer({ connectionsCheckingInterval });
  server.headersTimeout = limits.headersTimeoutMs;
  server.requestTimeout = limits.requestTimeoutMs;
  server.timeout = limits.idleTimeoutMs;
  server.maxConnections = limits.maxConnections;
  const port = await listen(server, checked);
  const hub: Hub = {
    storage,
    tokens: registry,
    limits,
    publicUrl: publicUrl(checked, port),
    anonymousRead: allowAnonymousRead,
    commitGate: new KeyedSemaphore(limits.maxConcurrentCommits, limits.maxWaitingCommits),
    cards: new LruMap(cardCacheBytes),
  };
  const handler = new RequestHandler(hub, allRoutes, options.onFailure);
  server.on("request", (request, response) => handler.handle(request, response));
  // Such as a connection that could not be taken because too many files are open: the next one may be.
  server.on("error", (error) => options.onFailure?.({ error }));

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeServer(server, handler, limits.closeTimeoutMs));
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

async function closeServer(server: Server, handler: RequestHandler, timeoutMs: number): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = new AbortController();
  const late = sleep(timeoutMs, "late" as const, { signal: timer.signal }).catch(() => "stopped" as const);
  const idle = handler.idle().then(() => "idle" as const);
  if ((await Promise.race([idle, late])) === "late") handler.abort(new Error("The hub is shutting down."));
  timer.abort();
  server.closeAllConnections();
  await Promise.all([closed, handler.idle()]);
}
